import { toStamp } from '../stamp.js';

/** The folder of the ledger in the state directory. */
export const LEDGER_FOLDER = 'ledger';

/** What the name of a file of the ledger says. */
export interface LedgerFileName {
  /** When its session was first written, UTC: `20261121_083000`. */
  readonly stamp: string;
  /** The first eight characters of the session's id. */
  readonly session: string;
  /** From 1. A session goes on in further parts, so that no file grows too large to look at. */
  readonly part: number;
}

const PATTERN = /^telemetry_(\d{8}_\d{6})_([0-9a-zA-Z-]{1,8})(?:\.([1-9]\d{0,5}))?\.ndjson$/;

/** `telemetry_20261121_083000_1b4e28ba.ndjson`, and from the second part on `telemetry_20261121_083000_1b4e28ba.2.ndjson`. */
export function formatLedgerFileName(startedAtMs: number, sessionId: string, part: number): string {
  const suffix = part === 1 ? '' : `.${part}`;
  return `telemetry_${toStamp(startedAtMs)}_${sessionId.slice(0, 8)}${suffix}.ndjson`;
}

/** @returns undefined for a name that {@link formatLedgerFileName} never gives */
export function parseLedgerFileName(name: string): LedgerFileName | undefined {
  const [, stamp, session, part = '1'] = PATTERN.exec(name) ?? [];
  return stamp === undefined || session === undefined ? undefined : { stamp, session, part: Number(part) };
}

/** Oldest session first, and the parts of a session in their order. */
export function compareLedgerFileNames(a: LedgerFileName, b: LedgerFileName): number {
  return compareTexts(a.stamp, b.stamp) || compareTexts(a.session, b.session) || Math.sign(a.part - b.part);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
