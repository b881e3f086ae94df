import { expect, it } from 'vitest';
import { createSessions } from '../../../../../src/server/web/foundation/sessions.js';

const LIMITS = { maxSessions: 2, maxSessionsPerToken: 2, idleTimeoutMs: 100, lifetimeMs: 250 };

it('gives every session an id and a token of its own', () => {
  const sessions = createSessions(() => 0);
  const ids = Array.from({ length: 50 }, () => sessions.start('settings', 'a'));
  const all = ids.flatMap((id) => [id, sessions.find('settings', id)?.csrfToken]);
  expect(new Set(all).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[\w-]{43}$/);
});

it('is of one page alone', () => {
  const sessions = createSessions(() => 0);
  const id = sessions.start('settings', 'a');
  expect(sessions.find('person', id)).toBeUndefined();
  expect(sessions.find('settings', id)?.token).toBe('a');
});

it('ends the session that a new one takes the place of', () => {
  const sessions = createSessions(() => 0);
  const first = sessions.start('settings', 'a');
  const second = sessions.start('settings', 'b', first);
  expect(sessions.find('settings', first)).toBeUndefined();
  expect(sessions.find('settings', second)?.token).toBe('b');
});

it('is put out by no other token, however often that signs in', () => {
  const sessions = createSessions(() => 0);
  const admin = sessions.start('settings', 'admin');
  const readers = Array.from({ length: 1_100 }, () => sessions.start('settings', 'reader'));
  expect(sessions.find('settings', admin)?.token).toBe('admin');
  expect(readers.filter((id) => sessions.find('settings', id) !== undefined)).toEqual(readers.slice(-50));
});

it('forgets the session that was not used for longest', () => {
  const sessions = createSessions(() => 0, LIMITS);
  const [first, second] = [sessions.start('settings', 'a'), sessions.start('settings', 'b')];
  sessions.find('settings', first);
  const third = sessions.start('settings', 'c');
  expect([first, second, third].map((id) => sessions.find('settings', id)?.token)).toEqual([
    'a',
    undefined,
    'c',
  ]);
});

it('ends a session that is idle, or old', () => {
  let nowMs = 0;
  const sessions = createSessions(() => nowMs, LIMITS);
  const idle = sessions.start('settings', 'a');
  nowMs = 100;
  expect(sessions.find('settings', idle)).toBeUndefined();
  const busy = sessions.start('settings', 'b');
  for (nowMs = 150; nowMs < 350; nowMs += 50) expect(sessions.find('settings', busy)).toBeDefined();
  expect(sessions.find('settings', busy)).toBeUndefined();
});

it('is forgotten when it is ended', () => {
  const sessions = createSessions(() => 0);
  const id = sessions.start('person', 'a');
  sessions.end(id);
  expect(sessions.find('person', id)).toBeUndefined();
});
