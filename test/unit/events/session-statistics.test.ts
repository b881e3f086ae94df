import { describe, expect, it } from 'vitest';
import { SessionStatistics, type TimingKind } from '../../../src/events/index.js';

const EMPTY = new SessionStatistics().counts();

describe('requests', () => {
  it('are counted by outcome, those over HTTP apart', () => {
    const stats = new SessionStatistics();
    stats.addSuccessfulRequest();
    stats.addSuccessfulRequest();
    stats.addFailedRequest();
    stats.addFailedRequest(undefined, { http: true });
    expect(stats.counts()).toMatchObject({
      requests: { successful: 2, failed: 1 },
      httpRequests: { successful: 0, failed: 1 },
    });
  });

  it('with the same id count once, as what they were first', () => {
    const stats = new SessionStatistics();
    stats.addFailedRequest('a');
    stats.addSuccessfulRequest('a');
    stats.addSuccessfulRequest('b');
    stats.addSuccessfulRequest('a', { http: true });
    expect(stats.counts()).toMatchObject({
      requests: { successful: 1, failed: 1 },
      httpRequests: { successful: 1, failed: 0 },
    });
  });
});

describe('timings', () => {
  it('add up by kind', () => {
    const stats = new SessionStatistics();
    stats.addTiming('tool_call', 1.5);
    stats.addTiming('tool_call', 0);
    stats.addTiming('http_health', 7);
    expect(stats.counts()).toMatchObject({
      toolCalls: { count: 2, totalMs: 1.5 },
      httpHealth: { count: 1, totalMs: 7 },
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '5', undefined])('of %j are ignored', (durationMs) => {
    const stats = new SessionStatistics();
    stats.addTiming('tool_call', durationMs as number);
    expect(stats.counts()).toEqual(EMPTY);
  });

  it.each(['other', '__proto__', 'toString'])('of the unknown kind %j are ignored', (kind) => {
    const stats = new SessionStatistics();
    stats.addTiming(kind as TimingKind, 5);
    expect(stats.counts()).toEqual(EMPTY);
    expect(Object.prototype).not.toHaveProperty('count');
  });
});

describe('tokens', () => {
  it('are unknown until some were used, and add up then', () => {
    const stats = new SessionStatistics();
    expect(stats.counts().tokens).toBeUndefined();
    stats.addTokenUsage({ embedding: 10, savingsUsd: 0.1 });
    stats.addTokenUsage({ embedding: 5, delivered: 2, saved: Number.NaN, savingsUsd: 0.2 });
    expect(stats.counts().tokens).toEqual({
      embedding: 15,
      delivered: 2,
      saved: 0,
      savingsUsd: expect.closeTo(0.3, 10),
    });
  });
});

describe('files', () => {
  it('count once by path, operations every time, and what is not said is other', () => {
    const stats = new SessionStatistics();
    stats.addFileOperation({ path: '/a', language: 'go', category: 'code' });
    stats.addFileOperation({ path: '/a', language: 'rust', category: 'tests' });
    stats.addFileOperation({ path: '/b' });
    expect(stats.counts().files).toEqual({
      total: 2,
      operations: 3,
      categories: ['tests', 'other'],
      languages: ['rust', 'other'],
    });
  });

  it('without a path count each as its own', () => {
    const stats = new SessionStatistics();
    stats.addFileOperation({ language: 'go' });
    stats.addFileOperation({ language: 'go' });
    expect(stats.counts().files.total).toBe(2);
  });

  it('leave no path behind', () => {
    const stats = new SessionStatistics();
    stats.addFileOperation({ path: '/home/jane/secret.txt', language: 'go' });
    stats.addSuccessfulRequest('secret-request');
    expect(JSON.stringify(stats.counts())).not.toMatch(/jane|secret/);
    expect(JSON.stringify(stats)).toBe('{}');
  });
});

describe('failover', () => {
  it('is unknown until it is told, and keeps the parts that are left out', () => {
    const stats = new SessionStatistics();
    expect(stats.counts().failover).toBeUndefined();
    stats.updateFailover({ occurred: true, count: 1 });
    stats.updateFailover({ timeSeconds: 2, activeStore: 'backup' });
    expect(stats.counts().failover).toEqual({
      occurred: true,
      count: 1,
      timeSeconds: 2,
      activeStore: 'backup',
    });
  });
});

/** Use everything that can be counted. */
function fill(stats: SessionStatistics): SessionStatistics {
  stats.addSuccessfulRequest('a');
  stats.addFailedRequest('b', { http: true });
  stats.addTiming('tool_call', 1);
  stats.addTokenUsage({ saved: 1 });
  stats.addFileOperation({ path: '/a' });
  stats.updateFailover({ occurred: true });
  return stats;
}

describe('the counts', () => {
  it('do not change once they are handed out', () => {
    const stats = fill(new SessionStatistics());
    const counts = stats.counts();
    const before = structuredClone(counts);
    stats.addSuccessfulRequest('c');
    stats.addTiming('tool_call', 5);
    stats.addTokenUsage({ saved: 5 });
    stats.addFileOperation({ path: '/c' });
    stats.updateFailover({ count: 9 });
    expect(counts).toEqual(before);
  });

  it('are as at the beginning after a reset, and the same ids and paths count anew', () => {
    const stats = fill(new SessionStatistics());
    const filled = stats.counts();
    stats.reset();
    expect(stats.counts()).toEqual(EMPTY);
    expect(fill(stats).counts()).toEqual(filled);
  });
});
