import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomId } from '../../../../src/internal/index.js';
import { LEASE_MS, reserveLease, takeLease } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';
import { makeOld, spoolNames } from './support.js';

function createSpool() {
  const directory = createDirectory();
  mkdirSync(join(directory, 'spool'), { mode: 0o700 });
  const clock = { nowMs: Date.now() };
  const effects = { now: () => clock.nowMs, randomToken: randomId };
  const pass = (ms: number) => {
    clock.nowMs += ms;
  };
  return { directory, effects, pass, path: join(directory, 'spool', 'lease') };
}

describe('the lease', () => {
  it('is had by one, for its user only to see, and by the next when it is given up', () => {
    const { directory, effects, path } = createSpool();
    const lease = takeLease(directory, effects);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(takeLease(directory, effects)).toBeUndefined();
    expect(reserveLease(directory, effects)).toBeUndefined();
    lease?.release();
    lease?.release();
    expect(spoolNames(directory)).toEqual([]);
    expect(takeLease(directory, effects)?.renew()).toBe(true);
  });

  it('is kept by renewing it, and lost otherwise', () => {
    const { directory, effects, pass } = createSpool();
    const lease = takeLease(directory, effects);
    for (let n = 0; n < 3; n += 1) {
      pass(LEASE_MS - 1);
      expect(takeLease(directory, effects)).toBeUndefined();
      expect(lease?.renew()).toBe(true);
    }
    pass(LEASE_MS + 1);
    const next = takeLease(directory, effects);
    expect(lease?.renew()).toBe(false);
    lease?.release();
    expect(next?.renew()).toBe(true);
    expect(spoolNames(directory)).toEqual(['lease']);
  });

  it('is anybody’s when a clock that was set back says it is of the future', () => {
    const { directory, effects, pass } = createSpool();
    takeLease(directory, effects);
    pass(-10 * LEASE_MS);
    expect(takeLease(directory, effects)?.renew()).toBe(true);
  });

  it('is anybody’s when its file was never written, or is none of ours', () => {
    for (const content of ['', 'x'.repeat(1_000)]) {
      const { directory, effects, pass, path } = createSpool();
      writeFileSync(path, content);
      expect(takeLease(directory, effects)).toBeUndefined();
      pass(2 * LEASE_MS);
      expect(takeLease(directory, effects)?.renew()).toBe(true);
    }
  });

  it('is lost when the spool is erased', () => {
    const { directory, effects } = createSpool();
    const lease = takeLease(directory, effects);
    rmSync(join(directory, 'spool'), { recursive: true });
    expect(lease?.renew()).toBe(false);
    lease?.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('can be had after somebody was killed while taking over an old one', () => {
    const { directory, effects, pass } = createSpool();
    takeLease(directory, effects);
    writeFileSync(join(directory, 'spool', 'lease.claim'), 'of a dead process');
    pass(2 * LEASE_MS);
    expect(takeLease(directory, effects)).toBeUndefined();
    expect(takeLease(directory, effects)?.renew()).toBe(true);
    expect(spoolNames(directory)).toEqual(['lease']);
  });

  it('is left to who is just taking it over', () => {
    const { directory, effects, path } = createSpool();
    takeLease(directory, effects);
    makeOld(path, 2 * LEASE_MS);
    writeFileSync(join(directory, 'spool', 'lease.claim'), '');
    expect(takeLease(directory, effects)).toBeUndefined();
    expect(spoolNames(directory)).toEqual(['lease', 'lease.claim']);
  });

  it('is nobody’s where there is no spool, or one that is not safe, and makes none', () => {
    const { directory, effects } = createSpool();
    chmodSync(join(directory, 'spool'), 0o777);
    expect(takeLease(directory, effects)).toBeUndefined();
    rmSync(join(directory, 'spool'), { recursive: true });
    expect(reserveLease(directory, effects)).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('a reservation', () => {
  it('is taken over by who has its token, and by nobody else', () => {
    const { directory, effects, pass, path } = createSpool();
    const token = reserveLease(directory, effects);
    expect(token).toBe(readFileSync(path, 'utf8'));
    expect(takeLease(directory, effects, 'another')).toBeUndefined();
    pass(LEASE_MS - 1);
    const lease = takeLease(directory, effects, token);
    pass(LEASE_MS - 1);
    expect(takeLease(directory, effects)).toBeUndefined();
    expect(lease?.renew()).toBe(true);
    lease?.release();
    expect(takeLease(directory, effects, token)).toBeUndefined();
  });

  it('is worth nothing when somebody else has the lease meanwhile', () => {
    const { directory, effects, pass } = createSpool();
    const token = reserveLease(directory, effects);
    pass(LEASE_MS + 1);
    const other = takeLease(directory, effects);
    expect(takeLease(directory, effects, token)).toBeUndefined();
    expect(other?.renew()).toBe(true);
  });
});
