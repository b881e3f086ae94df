import { expect, it } from 'vitest';
import { takeTurns } from '../../../../src/delivery/backlog/take-turns.js';

it('takes one of each in turns, so that a long one holds up nobody', () => {
  expect([...takeTurns([[1, 2, 3, 4], [10], [], [20, 21]])]).toEqual([1, 10, 20, 2, 21, 3, 4]);
});

it('reads no further than it is asked to', () => {
  const read: number[] = [];
  function* from(start: number) {
    for (let value = start; value < start + 3; value += 1) {
      read.push(value);
      yield value;
    }
  }
  const turns = takeTurns([from(1), from(10)]);
  turns.next();
  expect(read).toEqual([1]);
});
