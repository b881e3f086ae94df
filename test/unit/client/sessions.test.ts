import { describe, expect, it } from 'vitest';
import { Sessions } from '../../../src/client/sessions.js';
import type { SanitizedProperties } from '../../../src/privacy/index.js';

const properties = (values: object) => values as SanitizedProperties;

function createSessions() {
  let ids = 0;
  const state = { context: properties({ 'os.type': 'linux', interface: 'of the context' }) };
  const sessions = new Sessions(
    {
      randomId: () => `session-${++ids}`,
      randomBytes: (size) => new Uint8Array(size).fill(ids),
      context: () => state.context,
    },
    properties({}),
  );
  return { sessions, state };
}

describe('the current session', () => {
  it('is one and the same until something is started or ended', () => {
    const { sessions } = createSessions();
    expect(sessions.current).toBe(sessions.current);
    const { id } = sessions.current;
    sessions.end();
    expect(sessions.current.id).not.toBe(id);
  });

  it('is a started one only once at a time', () => {
    const { sessions } = createSessions();
    expect(sessions.start(properties({}))).toBe(true);
    const { id } = sessions.current;
    expect(sessions.start(properties({}))).toBe(false);
    expect(sessions.current.id).toBe(id);
    sessions.end();
    expect(sessions.start(properties({}))).toBe(true);
    expect(sessions.current.id).not.toBe(id);
  });

  it('is the innermost scope, whatever is started or ended meanwhile', () => {
    const { sessions } = createSessions();
    sessions.within(sessions.create(properties({ scope: 'outer' })), () => {
      const outer = sessions.current;
      sessions.within(sessions.create(properties({ scope: 'inner' })), () => {
        sessions.start(properties({ scope: 'process' }));
        sessions.end();
        expect(sessions.current.common()).toMatchObject({ scope: 'inner' });
      });
      expect(sessions.current).toBe(outer);
    });
  });
});

describe('what a session says with every event', () => {
  it('is the context, then its tags, then the flags: the later ones win', () => {
    const { sessions } = createSessions();
    sessions.start(properties({ interface: 'mcp', '$feature/a': 'of the tags' }));
    const features = properties({ '$feature/a': 'test' });
    sessions.setFeatures(() => features);
    expect(sessions.current.common()).toEqual({
      'os.type': 'linux',
      interface: 'mcp',
      '$feature/a': 'test',
    });
  });

  it('is put together once, and again when the flags or the context change', () => {
    const { sessions, state } = createSessions();
    const before = sessions.current.common();
    expect(sessions.current.common()).toBe(before);
    const features = properties({ '$feature/a': true });
    sessions.setFeatures(() => features);
    expect(sessions.current.common()).not.toBe(before);
    expect(before).not.toHaveProperty('$feature/a');
    state.context = properties({ 'os.type': 'linux' });
    expect(sessions.current.common()).toEqual({ 'os.type': 'linux', '$feature/a': true });
  });

  it('cannot be changed by whoever reads it', () => {
    const { sessions } = createSessions();
    expect(Object.isFrozen(sessions.current.common())).toBe(true);
  });
});

describe('the hash of a session', () => {
  it('is the same within a session and another in the next', () => {
    const { sessions } = createSessions();
    const hash = () => sessions.current.hash()('value', 'identity');
    const first = hash();
    expect(hash()).toBe(first);
    sessions.end();
    expect(hash()).not.toBe(first);
  });
});
