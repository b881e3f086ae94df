import { expect, it } from 'vitest';
import { createSessions } from '../../../../../src/server/web/foundation/sessions.js';

const LIMITS = { maxSessions: 2, idleTimeoutMs: 100, lifetimeMs: 250 };

it('gives every session an id and a token of its own', () => {
  const sessions = createSessions(() => 0);
  const ids = Array.from({ length: 50 }, () => sessions.start('settings', 'a'));
  const all = ids.flatMap((id) => [id, sessions.find(id)?.csrfToken]);
  expect(new Set(all).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[\w-]{43}$/);
});

it('carries the token of the other page over to the new session', () => {
  const sessions = createSessions(() => 0);
  const first = sessions.start('settings', 'a');
  const second = sessions.start('person', 'b', first);
  expect(sessions.find(second)?.tokens).toEqual({ settings: 'a', person: 'b' });
  expect(sessions.find(first)).toBeUndefined();
});

it('forgets the session that was not used for longest', () => {
  const sessions = createSessions(() => 0, LIMITS);
  const [first, second] = [sessions.start('settings', 'a'), sessions.start('settings', 'b')];
  sessions.find(first);
  const third = sessions.start('settings', 'c');
  expect([first, second, third].map((id) => sessions.find(id)?.tokens.settings)).toEqual([
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
  expect(sessions.find(idle)).toBeUndefined();
  const busy = sessions.start('settings', 'b');
  for (nowMs = 150; nowMs < 350; nowMs += 50) expect(sessions.find(busy)).toBeDefined();
  expect(sessions.find(busy)).toBeUndefined();
});

it('lets an ended session lend its tokens to nobody', () => {
  let nowMs = 0;
  const sessions = createSessions(() => nowMs, LIMITS);
  const old = sessions.start('settings', 'a');
  nowMs = 100;
  const fresh = sessions.start('person', 'b', old);
  expect(sessions.find(fresh)?.tokens).toEqual({ person: 'b' });
  sessions.end(fresh);
  expect(sessions.find(fresh)).toBeUndefined();
});
