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
  const store = {
    async add(events: readonly StoredEvent[]) {
      const names = events.map(({ event }) => event);
      calls.push(names);
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
  return { take, run, calls, said, outcomes, end };
}

describe('storing messages', () => {
  it('stores several in one transaction, and says so of each afterwards', async () => {
    const { take, run, calls, said } = setUp();
    expect(await run([take('a'), take('b')])).toBeUndefined();
    expect(calls).toEqual([['a', 'b']]);
    expect(said).toEqual(['a done', 'b done']);
  });

  it('makes no transaction of more than 5,000 events, unless one message has more', async () => {
    const { take, run, calls } = setUp();
    const many = (count: number): QueuedContent => ({
      status: 'read',
      events: Array.from({ length: count }, () => buildStored()),
    });
    await run([2_000, 3_000, 1, 6_000, 10].map((count) => take('a', many(count))));
    expect(calls.map(({ length }) => length)).toEqual([5_000, 1, 6_000, 10]);
  });

  it('leaves everything for later while the database is away, longer each time, and tries no further', async () => {
    const { take, run, calls, said, outcomes } = setUp({ a: 'DATABASE_UNAVAILABLE' });
    const large: QueuedContent = {
      status: 'read',
      events: Array.from({ length: 5_000 }, () => buildStored()),
    };
    expect(await run([take('a', undefined, 3), take('b', large)])).toBe('DATABASE_UNAVAILABLE');
    expect(calls).toEqual([['a']]);
    expect(said).toEqual(['a again after 3000', 'b again after 1000']);
    expect(outcomes).toEqual(['retried', 'retried']);
  });

  it('stores the others by themselves when the database refuses one, which comes again', async () => {
    const { take, run, said } = setUp({ b: 'DATABASE_FAILED' });
    expect(await run([take('a'), take('b'), take('c')])).toBe('DATABASE_FAILED');
    expect(said).toEqual(['a done', 'b again after 1000', 'c done']);
  });

  it('gives up one whose text the database can never keep', async () => {
    const { take, run, said } = setUp({ b: 'REQUEST_INVALID' });
    await run([take('a'), take('b')]);
    expect(said).toEqual(['a done', 'b given up']);
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
