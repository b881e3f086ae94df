import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../../src/store/ledger/holdings.js';
import { Place } from '../../../../src/store/ledger/place.js';
import { SessionFile } from '../../../../src/store/ledger/session-file.js';
import { MORNING, STARTED_MS } from './support.js';

const START = { sessionStartedAtMs: STARTED_MS, startedAtMs: STARTED_MS, part: 1, appVersion: undefined };

/** Holdings of three events in one file, of which one was written alone, and what they tell. */
function createHarness() {
  const told: string[] = [];
  const tell = (what: string) => (name: string) => void told.push(`${what} ${name}`);
  const holdings = new Holdings({ hold: tell('hold'), release: tell('release'), done: tell('done') });
  const lost: (readonly [string, number, number])[] = [];
  const onLost = (...loss: readonly [string, number, number]) => void lost.push(loss);
  const file = new SessionFile({ ...START, session: MORNING });
  const [first, second] = [new Place(file, STARTED_MS, 0), new Place(file, STARTED_MS, 1)];
  for (const place of [first, second, second]) holdings.add(place);
  return { holdings, file, first, second, told, lost, onLost };
}

describe('events that are left to others', () => {
  it('wait in their file, which is released when nothing of it is in hand', () => {
    const { holdings, file, first, second, told, lost, onLost } = createHarness();
    expect(holdings.leave(first)).toBe('left');
    holdings.tidy(undefined);
    holdings.settle(second);
    holdings.tidy(undefined);
    expect(told).toEqual([]);
    holdings.settle(second);
    holdings.tidy(undefined);
    holdings.close(onLost);
    expect({ told, lost }).toEqual({ told: [`release ${file.name}`], lost: [] });
    expect([holdings.takeReleased(file.name), holdings.takeReleased(file.name)]).toEqual([1, 0]);
  });

  it('are known by number while nobody adds to their file', () => {
    const { holdings, file, first, second } = createHarness();
    for (const place of [first, second]) holdings.leave(place);
    holdings.settle(second);
    expect(holdings.waitingIn(file.name, file.bytes)).toBeUndefined();
    holdings.tidy(undefined);
    expect(holdings.waitingIn(file.name, file.bytes)).toBe(2);
    expect(holdings.waitingIn(file.name, file.bytes + 1)).toBeUndefined();
  });

  it('are not known by number once more came to a file that others may have sent from', () => {
    const { holdings, file, first, second } = createHarness();
    for (const place of [first, second, second]) holdings.leave(place);
    holdings.tidy(undefined);
    const later = new Place(file, STARTED_MS, 2);
    holdings.add(later);
    holdings.leave(later);
    holdings.tidy(undefined);
    expect(holdings.waitingIn(file.name, file.bytes)).toBeUndefined();
    expect(holdings.takeReleased(file.name)).toBe(4);
  });

  it('are lost with their file, and told of once', () => {
    const { holdings, file, first, second, told, lost, onLost } = createHarness();
    holdings.leave(first);
    expect(holdings.remove(file.name, 'store_full')).toBe(1);
    expect(holdings.leave(second)).toBe('store_full');
    holdings.close(onLost);
    expect(lost).toEqual([['store_full', 1, 0]]);
    expect(told).toEqual([`done ${file.name}`]);
  });

  it('are lost but for those that were written again before', () => {
    const { holdings, file, first, second, told, lost, onLost } = createHarness();
    holdings.remove(file.name, 'store_full');
    holdings.settle(first);
    const again = new Place(file, STARTED_MS, 2);
    holdings.add(again);
    expect([again, second, second].map((place) => holdings.leave(place))).toEqual([
      'left',
      'store_full',
      'store_full',
    ]);
    holdings.close(onLost);
    expect({ told, lost }).toEqual({ told: [`release ${file.name}`], lost: [] });
  });

  it('are none of those that were discarded', () => {
    const { holdings, first, second, told, lost, onLost } = createHarness();
    holdings.leave(first);
    expect(holdings.discard()).toBe(1);
    expect(holdings.leave(second)).toBeUndefined();
    holdings.close(onLost);
    expect({ told: told.length, lost }).toEqual({ told: 1, lost: [] });
  });
});
