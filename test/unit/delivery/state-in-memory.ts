import type { DeliveryState } from '../../../src/store/index.js';

export const RESTED: DeliveryState = {
  failures: 0,
  firstFailureAtMs: undefined,
  notBeforeMs: 0,
  serverSaid: false,
  dropped: {},
};

/** What a state directory would keep. */
export function createStateInMemory(state: DeliveryState = RESTED) {
  let kept = state;
  return {
    read: () => kept,
    write: (next: DeliveryState) => {
      kept = next;
    },
  };
}
