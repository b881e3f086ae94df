import type { FlagAssignment, FlagAssignments, RemoteFlags } from './assignment.js';

/**
 * What is assigned after a successful answer of the server.
 *
 * The server decides by a distinct id that is new in every session, so it would move people to another variant every
 * time. Therefore:
 * - who has a variant, or has the flag on, keeps it, whatever the server says;
 * - who is outside the rollout stays outside while the flag's version is the same, and is decided anew when it changes;
 * - a flag that the answer lacks is over: its assignment is dropped. Switching a flag off is how a maker ends it for all;
 * - where the server does not know the value, nothing changes.
 *
 * Pure: a new map, with no key that the answer lacks.
 */
export function settle(assignments: FlagAssignments, remote: RemoteFlags): FlagAssignments {
  const settled = new Map<string, FlagAssignment>();
  for (const [key, { value, version }] of remote) {
    const held = assignments.get(key);
    if (held !== undefined && (value === undefined || isKept(held, version))) settled.set(key, held);
    else if (value !== undefined) settled.set(key, { value, version });
  }
  return settled;
}

function isKept(held: FlagAssignment, version: number | undefined): boolean {
  return held.value !== false || held.version === version;
}
