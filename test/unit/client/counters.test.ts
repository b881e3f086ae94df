import { describe, expect, it } from 'vitest';
import { createCounters } from '../../../src/client/counters.js';

describe('counters', () => {
  it('begin at nothing, and a reason that never occurred is absent', () => {
    expect(createCounters().snapshot()).toEqual({ recorded: 0, sent: 0, dropped: {} });
  });

  it('add up', () => {
    const counters = createCounters();
    counters.countRecorded();
    counters.countRecorded();
    counters.countSent(2);
    counters.countSent(3);
    counters.countDrop('queue_full');
    counters.countDrop('queue_full', 4);
    counters.countDrop('too_large');
    expect(counters.snapshot()).toEqual({ recorded: 2, sent: 5, dropped: { queue_full: 5, too_large: 1 } });
  });

  it('hand out a snapshot that later counts do not change', () => {
    const counters = createCounters();
    counters.countDrop('queue_full');
    const snapshot = counters.snapshot();
    counters.countDrop('queue_full');
    expect(snapshot.dropped).toEqual({ queue_full: 1 });
  });
});
