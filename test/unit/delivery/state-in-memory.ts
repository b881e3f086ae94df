import { type HostState, NO_TROUBLE } from '../../../src/store/index.js';

/** What a state directory would keep of one server. */
export function createStateInMemory(state: HostState = NO_TROUBLE) {
  let kept = state;
  return {
    read: () => kept,
    write: (next: HostState) => {
      kept = next;
    },
  };
}
