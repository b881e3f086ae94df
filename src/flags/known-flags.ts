import { admitAssignments, admitRemote, isKnownFlag, toValues } from './admission.js';
import type { FlagAssignments, FlagScalar, FlagStore, RemoteFlags } from './assignment.js';
import type { FlagDeclarations } from './definitions.js';
import { settle } from './settle.js';

/** What this process knows about flags: from the store to begin with, from the server as it answers. */
export interface KnownFlags {
  /** What a flag is assigned, `false` for everybody outside its rollout; undefined when nothing is known. */
  assigned(key: string): FlagScalar | undefined;
  /** The values to give out. The same map until something is learned. */
  values(): ReadonlyMap<string, FlagScalar>;
  /** Take in a successful answer and keep what it settles. */
  learn(remote: RemoteFlags): void;
}

const NONE: FlagAssignments = new Map();

/** @param store - read at first need, and again before it is written to: other processes assign too, and theirs stands */
export function createKnownFlags(
  declared: FlagDeclarations | undefined,
  store: FlagStore | undefined,
): KnownFlags {
  let assignments: FlagAssignments | undefined;
  let values: ReadonlyMap<string, FlagScalar> | undefined;

  const current = () => {
    assignments ??= admitAssignments(declared, store?.read() ?? NONE);
    return assignments;
  };

  return {
    assigned: (key) => current().get(key)?.value,

    values() {
      values ??= toValues(declared, current());
      return values;
    },

    learn(remote) {
      const stored = store?.read() ?? NONE;
      const held = new Map([...current(), ...admitAssignments(declared, stored)]);
      assignments = settle(held, admitRemote(declared, remote));
      values = undefined;
      // Flags that this program does not know of may belong to another version of it.
      const others = [...stored].filter(([key]) => !isKnownFlag(declared, key));
      store?.write(new Map([...assignments, ...others]));
    },
  };
}
