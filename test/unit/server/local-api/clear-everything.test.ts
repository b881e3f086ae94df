import { describe, expect, it } from 'vitest';
import { clearEverything } from '../../../../src/server/local-api/clear-everything.js';
import { createDirectory } from '../../../support/directories.js';

/** What was done, in its order, where other processes can be told or not. */
async function clearWhere(isForgotten: boolean) {
  const done: string[] = [];
  const consent = {
    directory: createDirectory(),
    forgetWaiting: () => {
      done.push('forget');
      return isForgotten;
    },
    store: { fail: () => done.push('stop') },
  };
  const refresh = () => done.push('refresh');
  const inTurn = <T>(work: () => T) => {
    done.push('in turn');
    return Promise.resolve(work());
  };
  const { failed } = await clearEverything({ consent, refresh, inTurn } as never);
  return { done, failed };
}

describe('deleting everything', () => {
  it('waits for its turn, and takes back what waits before the files go', async () => {
    expect(await clearWhere(true)).toEqual({ done: ['in turn', 'forget', 'refresh'], failed: [] });
  });

  it('that other processes cannot be told of names the file, and stops this one', async () => {
    expect(await clearWhere(false)).toEqual({
      done: ['in turn', 'forget', 'stop', 'refresh'],
      failed: ['telemetry_config.json'],
    });
  });
});
