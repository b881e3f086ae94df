import { describe, expect, it } from 'vitest';
import { runProgram } from '../../support/run-program.js';

const PROGRAM = new URL('./programs/fail.ts', import.meta.url);
const fail = (...words: readonly string[]) => runProgram(PROGRAM, { arguments: words });

const WAYS: readonly (readonly [way: string, told: string])[] = [
  ['throw', 'uncaught_exception: TypeError: failed'],
  ['throw text', 'uncaught_exception: failed'],
  ['throw null', 'uncaught_exception: null'],
  ['throw at the top', 'unhandled_rejection: Error: failed'],
  ['reject', 'unhandled_rejection: RangeError: rejected'],
  ['reject text', 'unhandled_rejection: '],
  ['handle', 'uncaught_exception: Error: failed'],
  ['exit', ''],
  ['signal', ''],
  ['kill', ''],
  ['end', ''],
];

describe('a program that is watched for uncaught errors', () => {
  it.each(WAYS)('ends as it would: %s', async (way, told) => {
    const [alone, watched] = await Promise.all([fail(way), fail(way, 'watched')]);
    expect({ ...watched, stdout: '' }).toEqual(alone);
    expect(watched.stdout.slice(0, told.length)).toBe(told);
    if (told === '') expect(watched.stdout).toBe('');
  });

  it.each(['throw', 'reject'])('ends as it would when the watch fails: %s', async (way) => {
    const [alone, refused] = await Promise.all([fail(way), fail(way, 'refused')]);
    expect(refused).toEqual(alone);
  });
});
