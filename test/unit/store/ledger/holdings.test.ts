import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../../src/store/ledger/holdings.js';

const FILE = 'telemetry_20261121_083000_1b4e28ba.ndjson';

/** Holdings of three events in one file, and what they tell. */
function createHarness() {
  const told: string[] = [];
  const tell = (what: string) => (name: string) => void told.push(`${what} ${name}`);
  const holdings = new Holdings({ hold: tell('hold'), release: tell('release'), done: tell('done') });
  const lost: (readonly [string, number, number])[] = [];
  const onLost = (...loss: readonly [string, number, number]) => void lost.push(loss);
  for (const uuid of ['a', 'b', 'c']) holdings.add(FILE, uuid);
  return { holdings, told, lost, onLost };
}

describe('events that are left to others', () => {
  it('wait in their file, which is released when nothing of it is in hand', () => {
    const { holdings, told, lost, onLost } = createHarness();
    holdings.leave(FILE, ['a'], onLost);
    holdings.tidy(undefined);
    expect(told).toEqual([]);
    holdings.settle(FILE, ['b', 'c']);
    holdings.tidy(undefined);
    expect({ told, lost }).toEqual({ told: [`release ${FILE}`], lost: [] });
    expect([holdings.takeReleased(FILE), holdings.takeReleased(FILE)]).toEqual([1, 0]);
  });

  it('are lost with their file, and told of once', () => {
    const { holdings, told, lost, onLost } = createHarness();
    holdings.leave(FILE, ['a'], onLost);
    expect(holdings.remove(FILE, 'store_full')).toBe(1);
    holdings.leave(FILE, ['b'], onLost);
    expect(lost).toEqual([['store_full', 1, 0]]);
    holdings.close(onLost);
    expect(lost).toEqual([
      ['store_full', 1, 0],
      ['store_full', 1, 0],
    ]);
    expect(told).toEqual([`done ${FILE}`]);
  });

  it('are lost but for those that were written again before', () => {
    const { holdings, told, lost, onLost } = createHarness();
    holdings.remove(FILE, 'store_full');
    holdings.add(FILE, 'a');
    expect(holdings.leave(FILE, ['a', 'b', 'c'], onLost)).toBe(1);
    holdings.close(onLost);
    expect(told).toEqual([`release ${FILE}`]);
    expect(lost).toEqual([['store_full', 2, 0]]);
  });
});
