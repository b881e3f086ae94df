import { describe, expect, it } from 'vitest';
import { RepositoryError } from '../../../../src/server/db/errors.js';
import type { QueuedContent, StoredEvent, TakenMessage } from '../../../../src/server/wire/index.js';
import { type MessageOutcome, storeMessages } from '../../../../src/server/writer/store-messages.js';
import { buildStored } from '../ingest/build-event.js';

/** Messages, what was said of each of them, and a store that fails for some events. */
function setUp(failures: Readonly<Record<string, RepositoryError['code']>> = {}) {
  const calls: string[][] = [];
  const said: string[] = [];
  const outcomes: MessageOutcome[] = [];
  const end = new AbortController();
  const take = (name: string, content?: QueuedContent, deliveries = 1): TakenMessage => ({
    content: content ?? { status: 'read', events: [buildStored({ event: name })] },
    deliveries,
    done: () => void said.push(`${name} done`),
    retry: (afterMs) => void said.push(`${name} again after ${afterMs}`),
    giveUp: () => void said.push(`${name} given up`),
  });
  let waiting: Promise<void> | undefined;
  const store = {
    /** Let nothing be stored until what is returned is called. */
    wait() {
      let end = () => {};
      waiting = new Promise((resolve) => {
        end = resolve;
      });
      return end;
    },
    async add(events: readonly StoredEvent[]) {
      const names = events.map(({ event }) => event);
      calls.push(names);
      await waiting;
      const code = names.map((name) => failures[name]).find((found) => found !== undefined);
      if (code !== undefined) throw new RepositoryError(code, 'It failed.');
      return { accepted: events.length, duplicates: 0 };
    },
  };
  const run = (messages: readonly TakenMessage[]) =>
    storeMessages(messages, {
      store,
      signal: end.signal,
      delayMs: (deliveries) => deliveries * 1_000,
      onStored: () => {},
      onMessage: (outcome) => void outcomes.push(outcome),
    });
  return { take, run, calls, said, outcomes, end, store };
}

describe('storing messages', () => {
  it('gives all of them to the store at once, and says so of each when it is stored', async () => {
    const { take, run, calls, said, store } = setUp();
    const stored = store.wait();
    const running = run([take('a'), take('b')]);
    expect(calls).toEqual([['a'], ['b']]);
    expect(said).toEqual([]);
    stored();
    expect(await running).toBeUndefined();
    expect(said).toEqual(['a done', 'b done']);
  });

  it.each(['DATABASE_UNAVAILABLE', 'DATABASE_FAILED'] as const)(
    'leaves one for later that fails with %s, for longer each time, and stores the others',
    async (code) => {
      const { take, run, said, outcomes } = setUp({ b: code });
      expect(await run([take('a'), take('b', undefined, 3), take('c')])).toBe(code);
      expect(said.toSorted()).toEqual(['a done', 'b again after 3000', 'c done']);
      expect(outcomes.toSorted()).toEqual(['retried', 'stored', 'stored']);
    },
  );

  it('gives up one whose text the database can never keep', async () => {
    const { take, run, said } = setUp({ b: 'REQUEST_INVALID' });
    await run([take('a'), take('b')]);
    expect(said.toSorted()).toEqual(['a done', 'b given up']);
  });

  it('gives up what nobody can read, and leaves what is newer to others', async () => {
    const { take, run, calls, said, outcomes } = setUp();
    await run([take('a', { status: 'unreadable' }), take('b', { status: 'newer' }), take('c')]);
    expect(said).toEqual(['a given up', 'b again after 60000', 'c done']);
    expect(outcomes).toEqual(['given_up', 'newer', 'stored']);
    expect(calls).toEqual([['c']]);
  });

  it('leaves to others at once what has not begun when it is to end', async () => {
    const { take, run, calls, said, end } = setUp();
    end.abort();
    expect(await run([take('a')])).toBeUndefined();
    expect(calls).toEqual([]);
    expect(said).toEqual(['a again after 0']);
  });
});
