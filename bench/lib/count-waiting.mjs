import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOTE = /^(telemetry_.+?)\.(?:\d+\.held|released)\.json$/;

/**
 * How many events a later program would send: those without a line about their end, in files of the ledger of which a note
 * says that something waits. Read from the files themselves, and not by the code that is measured.
 *
 * @param {string} directory the state directory
 */
export function countWaiting(directory) {
  const spool = join(directory, 'spool');
  const notes = existsSync(spool) ? readdirSync(spool) : [];
  const noted = new Set(notes.flatMap((name) => NOTE.exec(name)?.[1] ?? []));
  const counts = [...noted].map((base) => countIn(join(directory, 'ledger', `${base}.ndjson`)));
  return counts.reduce((sum, count) => sum + count, 0);
}

function countIn(path) {
  if (!existsSync(path)) return 0;
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const waiting = new Set(lines.flatMap(({ recorded_at, uuid }) => (recorded_at ? [uuid] : [])));
  for (const { recorded_at, uuids = [] } of lines)
    if (!recorded_at) for (const uuid of uuids) waiting.delete(uuid);
  return waiting.size;
}
