import { expect, it } from 'vitest';
import { describeResult, isDone } from '../../../../../src/cli/commands/collector/describe.js';

it.each([
  ['decision', true],
  ['stopping', true],
  ['lease', true],
  ['license', false],
  ['database', false],
] as const)('a report that is held back because of %s leaves nothing to be done: %s', (reason, done) => {
  expect(isDone({ status: 'withheld', reason })).toBe(done);
  expect(describeResult({ status: 'withheld', reason })).toContain(reason);
});
