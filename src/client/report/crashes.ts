import { quietly } from '../../internal/index.js';
import { type FileInfo, listCrashReports, readCrashReport } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';
import { openDigest } from './digest.js';

/** A crash, by digests alone. */
export interface CrashDigest {
  /** 32 hexadecimal digits that two crashes share when they are the same bug, on this installation only. */
  readonly report: string;
  /** ISO 8601, UTC. */
  readonly ts: string;
}

/** A crash as a bundle tells it. */
export interface CrashSummary {
  /** The random id of the event. */
  readonly event_id: string;
  readonly timestamp: string;
  /** The name of the error's class, as far as it may be told. */
  readonly exc_type: string;
  /** 32 hexadecimal digits: of the message's template, which holds no value. */
  readonly message_digest: string | null;
}

const MAX_DIGESTS = 50;
const MAX_SUMMARIES = 10;

/** The crashes that are kept, oldest first. None while crash reports are not allowed. Never throws. */
export function readCrashes(consent: ConsentParts): readonly CrashDigest[] {
  const digest = openDigest(consent);
  if (digest === undefined) return [];
  return readReports(consent, MAX_DIGESTS).map(({ timestamp, error_fingerprint }) => ({
    report: digest(error_fingerprint, 'crash'),
    ts: timestamp,
  }));
}

/** The newest crashes, oldest first, as {@link readCrashes}. */
export function readCrashSummaries(consent: ConsentParts): readonly CrashSummary[] {
  const digest = openDigest(consent);
  return readReports(consent, MAX_SUMMARIES).map(({ uuid, timestamp, error_type, error_message }) => ({
    event_id: uuid,
    timestamp,
    exc_type: error_type,
    message_digest: digest?.(error_message, 'crash message') ?? null,
  }));
}

/** What stands in a file, as far as nobody has changed it. */
type Unchecked<Report> = Report & { readonly properties: Report };

interface CrashReport {
  readonly uuid: string;
  readonly timestamp: string;
  readonly error_type: string;
  readonly error_message: string;
  readonly error_fingerprint: string;
}

function readReports({ directory, watch }: ConsentParts, max: number): readonly CrashReport[] {
  if (!watch.current().switches.crashReporting.enabled) return [];
  return listCrashReports(directory)
    .flatMap((file) => quietly(() => parseReport(file)) ?? [])
    .toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))
    .slice(-max);
}

/** None when it cannot be read, or was changed by hand to something else. */
function parseReport(file: FileInfo): readonly CrashReport[] {
  const { uuid, timestamp, properties } = readCrashReport(file) as Unchecked<CrashReport>;
  const { error_type, error_message, error_fingerprint } = properties;
  const report = { uuid, timestamp, error_type, error_message, error_fingerprint };
  return Object.values(report).every((value) => typeof value === 'string') ? [report] : [];
}
