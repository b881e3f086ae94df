import { isAbsolute } from 'node:path';
import type { ConfigPlace, ConsentBasis } from '../../settings/index.js';

/** What is known of a program whose events wait: where they go, and who has to be asked before. */
export interface SpoolNote {
  readonly app: string;
  readonly basis: ConsentBasis;
  /** By which the person changes their mind. */
  readonly command: string | undefined;
  /** Of the consent under which they were recorded; under another one they never leave. */
  readonly epoch: string;
  /** Whether fields may hold what they add for tools over privacy: without that yes they never leave. */
  readonly toolsOverPrivacy: boolean;
  readonly key: string;
  readonly host: string;
  /** Whether the host may be one without TLS. */
  readonly allowsHttp: boolean;
  readonly requestTimeoutMs: number;
  readonly compressionThresholdBytes: number | undefined;
  /** Where files may say no. Read only, never written. */
  readonly places: readonly ConfigPlace[];
  /** Absolute: where a `.env` may say no. Undefined where the program stood in none. */
  readonly workingDirectory: string | undefined;
}

/** A note that would be larger is not written, and what it stands for is sent by its own process only. */
export const MAX_NOTE_BYTES = 65_536;

const APP = /^[a-z][a-z0-9_-]{0,39}$/;
const BASES: readonly unknown[] = ['opt-in', 'opt-out', 'given'] satisfies ConsentBasis[];
const PLACE_KINDS: readonly unknown[] = [
  'project',
  'app',
  'user',
  'machine',
  'marker',
] satisfies ConfigPlace['kind'][];

export function formatNote(note: SpoolNote): string {
  return `${JSON.stringify(note)}\n`;
}

/**
 * Read what {@link formatNote} wrote.
 *
 * @returns undefined for anything else, also when a single thing is missing: nothing is sent on a guess. Never throws
 */
export function parseNote(text: string): SpoolNote | undefined {
  try {
    return toNote(JSON.parse(text));
  } catch {
    return undefined;
  }
}

type Unknown<Shape> = Readonly<Partial<Record<keyof Shape, unknown>>>;

function toNote(found: Unknown<SpoolNote> | null): SpoolNote | undefined {
  if (found === null || !isNote(found)) return undefined;
  const { app, basis, command, epoch, toolsOverPrivacy, key, host, allowsHttp } = found;
  const { requestTimeoutMs, compressionThresholdBytes, places, workingDirectory } = found;
  return {
    app,
    basis,
    command,
    epoch,
    toolsOverPrivacy,
    key,
    host,
    allowsHttp,
    requestTimeoutMs,
    compressionThresholdBytes,
    places: places.map(({ kind, path, shown }) => ({ kind, path, shown })),
    workingDirectory,
  };
}

function isNote(found: Unknown<SpoolNote>): found is SpoolNote {
  return (
    isText(found.app) &&
    APP.test(found.app) &&
    BASES.includes(found.basis) &&
    (found.command === undefined || isText(found.command)) &&
    isText(found.epoch) &&
    typeof found.toolsOverPrivacy === 'boolean' &&
    isFilledText(found.key) &&
    isFilledText(found.host) &&
    typeof found.allowsHttp === 'boolean' &&
    isCount(found.requestTimeoutMs) &&
    found.requestTimeoutMs > 0 &&
    (found.compressionThresholdBytes === undefined || isCount(found.compressionThresholdBytes)) &&
    Array.isArray(found.places) &&
    found.places.every(isPlace) &&
    (found.workingDirectory === undefined || isPath(found.workingDirectory))
  );
}

function isPlace(found: Unknown<ConfigPlace> | null): boolean {
  if (found === null) return false;
  const { kind, path, shown } = found;
  return PLACE_KINDS.includes(kind) && isPath(path) && isText(shown);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isPath = (value: unknown): value is string => isText(value) && isAbsolute(value);
const isFilledText = (value: unknown): value is string => isText(value) && value !== '';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
