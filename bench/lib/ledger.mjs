import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Read from the files themselves, and not by the code that is measured. */

const LEDGER = 'ledger';
const NOTE = /^(telemetry_.+?)\.(?:\d+\.held|released)\.json$/;

/**
 * How many events a later program would send: those without a line about their end, in files of the ledger of which a note
 * says that something waits.
 *
 * @param {string} directory the state directory
 */
export function countWaiting(directory) {
  const spool = join(directory, 'spool');
  const notes = existsSync(spool) ? readdirSync(spool) : [];
  const noted = new Set(notes.flatMap((name) => NOTE.exec(name)?.[1] ?? []));
  const counts = [...noted].map((base) => countIn(join(directory, LEDGER, `${base}.ndjson`)));
  return counts.reduce((sum, count) => sum + count, 0);
}

function countIn(path) {
  if (!existsSync(path)) return 0;
  const lines = readLines(path);
  const waiting = new Set(lines.flatMap(({ recorded_at, uuid }) => (recorded_at ? [uuid] : [])));
  for (const { recorded_at, uuids = [] } of lines)
    if (!recorded_at) for (const uuid of uuids) waiting.delete(uuid);
  return waiting.size;
}

/** The events that stand in the ledger, each as it leaves, in no order of files. @param {string} directory the state directory */
export function readRecords(directory) {
  const names = readdirSync(join(directory, LEDGER)).filter((name) => name.endsWith('.ndjson'));
  return names
    .flatMap((name) => readLines(join(directory, LEDGER, name)))
    .filter(({ recorded_at }) => recorded_at)
    .map(({ distinct_id, event, properties, timestamp, uuid }) => ({
      distinct_id,
      event,
      properties,
      timestamp,
      uuid,
    }));
}

const readLines = (path) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
