import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFinished } from '../../../../src/store/usage/is-finished.js';
import { createDirectory } from '../../../support/directories.js';

const DAY_MS = 86_400_000;

/** A log that was written this moment. */
function log(pid: number | undefined, name = 'usage_1_0123456789abcdef.ndjson') {
  const path = join(createDirectory(), name);
  writeFileSync(path, '');
  return { name, path, pid };
}

const later = (ms: number) => Date.now() + ms;

describe('a log', () => {
  it('of nobody is finished', () => {
    expect(isFinished(log(undefined), undefined)).toBe(true);
  });

  it('of another thread of this process is, when nobody wrote in it for more than a minute', () => {
    expect(isFinished(log(process.pid), undefined, later(50_000))).toBe(false);
    expect(isFinished(log(process.pid), undefined, later(70_000))).toBe(true);
  });

  it('of this thread is not', () => {
    const own = log(process.pid);
    expect(isFinished(own, own.name, later(2 * DAY_MS))).toBe(false);
  });

  it('of another living process is not, within a day', () => {
    expect(isFinished(log(process.ppid), undefined, later(DAY_MS - 60_000))).toBe(false);
    expect(isFinished(log(process.ppid), undefined, later(DAY_MS + 60_000))).toBe(true);
  });
});
