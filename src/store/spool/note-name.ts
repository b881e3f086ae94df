import { originalName } from '../../internal/index.js';
import { parseLedgerFileName } from '../ledger/file-name.js';

/** The folder of the spool in the state directory. */
export const SPOOL_FOLDER = 'spool';
/** Names of the other files in it. */
export const STATE_FILE = 'state.json';
export const LEASE_FILE = 'lease';
export const LEASE_CLAIM_FILE = 'lease.claim';

/** What the name of a note says. */
export interface NoteName {
  /** Of the file of the ledger whose events wait. */
  readonly fileName: string;
  /** Of the process that sends them from its memory; undefined once it has left them to others. */
  readonly pid: number | undefined;
}

const END = '.ndjson';
const PATTERN = /^(telemetry_.+?)\.(?:([1-9]\d{0,9})\.held|released)\.json$/;

/**
 * `telemetry_20261121_083000_1b4e28ba.4711.held.json`, and `telemetry_20261121_083000_1b4e28ba.released.json`.
 *
 * @returns undefined when that is no name of a file of the ledger
 */
export function formatNoteName({ fileName, pid }: NoteName): string | undefined {
  if (parseLedgerFileName(fileName) === undefined) return undefined;
  const base = fileName.slice(0, -END.length);
  return pid === undefined ? `${base}.released.json` : `${base}.${pid}.held.json`;
}

/** @returns undefined for a name that {@link formatNoteName} never gives */
export function parseNoteName(name: string): NoteName | undefined {
  const [, base = '', pid] = PATTERN.exec(name) ?? [];
  const fileName = base + END;
  if (parseLedgerFileName(fileName) === undefined) return undefined;
  return { fileName, pid: pid === undefined ? undefined : Number(pid) };
}

/** Is this a file of the spool, or what is left of one that was being written? */
export function isSpoolFile(name: string): boolean {
  const original = originalName(name);
  return (
    [STATE_FILE, LEASE_FILE, LEASE_CLAIM_FILE].includes(original) || parseNoteName(original) !== undefined
  );
}
