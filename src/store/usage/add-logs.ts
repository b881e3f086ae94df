import type { ParsedLog } from './lines.js';
import { addCreation, addEntry } from './tally.js';
import type { Total } from './total.js';

/**
 * Add to a total the logs that are not in it yet, in the order in which they were begun.
 *
 * @returns their ids
 */
export function addLogs({ tally, merged }: Total, logs: readonly ParsedLog[]): ReadonlySet<string> {
  const added = new Set<string>();
  for (const { id, createdAtMs, entries } of logs.toSorted((a, b) => a.createdAtMs - b.createdAtMs)) {
    // A log may stand there twice: while it is renamed, or because somebody copied it.
    if (merged.has(id) || added.has(id)) continue;
    added.add(id);
    addCreation(tally, createdAtMs);
    for (const entry of entries) addEntry(tally, entry);
  }
  return added;
}
