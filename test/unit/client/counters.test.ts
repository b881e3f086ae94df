import { describe, expect, it } from 'vitest';
import { createCounters } from '../../../src/client/counters.js';

describe('counters', () => {
  it('begin at nothing, and a reason that never occurred is absent', () => {
    expect(createCounters().snapshot()).toEqual({ recorded: 0, sent: 0, left: 0, dropped: {} });
  });

  it('add up', () => {
    const counters = createCounters();
    counters.countRecorded();
    counters.countRecorded();
    counters.countOutcome('sent', 2);
    counters.countOutcome('sent', 3);
    counters.countLeft(6);
    counters.countDrop('store_full');
    counters.countDrop('store_full', 4);
    counters.countOutcome('too_large', 1);
    counters.countRemoved('expired', 5, 2);
    expect(counters.snapshot()).toEqual({
      recorded: 2,
      sent: 5,
      left: 4,
      dropped: { store_full: 5, too_large: 1, expired: 5 },
    });
  });

  it('hand out a snapshot that later counts do not change', () => {
    const counters = createCounters();
    counters.countDrop('store_full');
    const snapshot = counters.snapshot();
    counters.countDrop('store_full');
    expect(snapshot.dropped).toEqual({ store_full: 1 });
  });
});
