import { type ErrorDescription, integer, nested, oneOf, plain } from '../../privacy/index.js';
import { declareFieldsLate, declareLate } from '../declare-late.js';
import { ErrorOccurred, toErrorFields } from './error-occurred.js';

/** How a crash came to be known: nobody caught it, or the program caught it and said so. */
export const CRASH_ORIGINS = ['uncaught_exception', 'unhandled_rejection', 'captured'] as const;

export type CrashOrigin = (typeof CRASH_ORIGINS)[number];

const YEAR_SECONDS = 31_622_400;
const MAX_MEMORY_MB = 16_777_216;

/** The process at the moment of the crash. */
export class DiagnosticInfo {
  uptime_seconds!: number;
  rss_mb!: number;
  heap_used_mb!: number;
}

declareFieldsLate(DiagnosticInfo, () => ({
  uptime_seconds: plain(integer({ min: 0, max: YEAR_SECONDS })),
  rss_mb: plain(integer({ min: 0, max: MAX_MEMORY_MB })),
  heap_used_mb: plain(integer({ min: 0, max: MAX_MEMORY_MB })),
}));

/** `<app>.crash`: an error that ended the program, or would have. */
export class CrashCaptured extends ErrorOccurred {
  override readonly $signal = 'crash';
  origin!: CrashOrigin;
  diagnostic_info!: DiagnosticInfo;
}

declareLate(
  CrashCaptured,
  'crash',
  () => ({
    $signal: plain(oneOf('crash')),
    origin: plain(oneOf(...CRASH_ORIGINS)),
    diagnostic_info: nested(() => DiagnosticInfo),
  }),
  {
    isPrefixed: true,
    separator: '.',
    purpose: 'finding and fixing crashes',
    kind: 'crash',
    undeclared: 'plain',
  },
);

/** What the system says of the process; each number may be a fraction. */
export interface ProcessFacts {
  readonly uptimeSeconds: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
}

const MEBIBYTE = 1_048_576;

/**
 * What may be said of a crash → its event. Never throws.
 *
 * @param context - as of an error: see {@link toErrorOccurred}
 * @param facts - of this process unless given
 */
export function toCrashCaptured(
  description: ErrorDescription,
  origin: CrashOrigin,
  context: object = {},
  facts: ProcessFacts = readProcessFacts(),
): CrashCaptured {
  return Object.assign(new CrashCaptured(), toErrorFields(description, context), {
    origin,
    diagnostic_info: {
      uptime_seconds: Math.min(Math.floor(facts.uptimeSeconds), YEAR_SECONDS),
      rss_mb: toMegabytes(facts.rssBytes),
      heap_used_mb: toMegabytes(facts.heapUsedBytes),
    },
  });
}

const toMegabytes = (bytes: number): number => Math.min(Math.round(bytes / MEBIBYTE), MAX_MEMORY_MB);

function readProcessFacts(): ProcessFacts {
  const { rss, heapUsed } = process.memoryUsage();
  return { uptimeSeconds: process.uptime(), rssBytes: rss, heapUsedBytes: heapUsed };
}
