import { quietly, readSmallFile } from '../../internal/index.js';
import { listCrashReports } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';
import { digestOf } from './anonymous-id.js';

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

const MAX_REPORT_BYTES = 1_048_576;
const MAX_DIGESTS = 50;
const MAX_SUMMARIES = 10;

/** The crashes that are kept, oldest first. None while crash reports are not allowed. Never throws. */
export function readCrashes(consent: ConsentParts): readonly CrashDigest[] {
  return readReports(consent, MAX_DIGESTS).flatMap(({ timestamp, error_fingerprint }) => {
    const report = digestOf(consent, error_fingerprint, 'crash');
    return report === undefined ? [] : [{ report, ts: timestamp }];
  });
}

/** The newest crashes, oldest first, as {@link readCrashes}. */
export function readCrashSummaries(consent: ConsentParts): readonly CrashSummary[] {
  return readReports(consent, MAX_SUMMARIES).map(({ uuid, timestamp, error_type, error_message }) => ({
    event_id: uuid,
    timestamp,
    exc_type: error_type,
    message_digest: digestOf(consent, error_message, 'crash message') ?? null,
  }));
}

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
    .flatMap(({ path }) => quietly(() => parseReport(path)) ?? [])
    .toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))
    .slice(-max);
}

/** None when it cannot be read, or was changed by hand to something else. */
function parseReport(path: string): readonly CrashReport[] {
  const file = readSmallFile(path, MAX_REPORT_BYTES);
  if (file.status !== 'found') return [];
  const { uuid, timestamp, properties } = JSON.parse(new TextDecoder().decode(file.bytes));
  const { error_type, error_message, error_fingerprint } = properties;
  const report = { uuid, timestamp, error_type, error_message, error_fingerprint };
  return Object.values(report).every((value) => typeof value === 'string') ? [report] : [];
}
