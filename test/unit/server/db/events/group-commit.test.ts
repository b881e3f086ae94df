import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RepositoryError } from '../../../../../src/server/db/errors.js';
import { createGroupCommit } from '../../../../../src/server/db/events/group-commit.js';
import type { AddResult, StoredEvent } from '../../../../../src/server/wire/index.js';
import { buildStored } from '../../ingest/build-event.js';

interface Commit {
  /** Of each batch, its name and how many events it has. */
  readonly batches: readonly string[];
  done(): void;
  fail(code: RepositoryError['code']): void;
}

const batch = (name: string, count = 1) => Array.from({ length: count }, () => buildStored({ event: name }));

describe('a group commit', () => {
  let commits: Commit[];
  let add: (events: readonly StoredEvent[]) => Promise<AddResult>;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    commits = [];
    add = createGroupCommit(
      (batches) =>
        new Promise((resolve, reject) => {
          commits.push({
            batches: batches.map((events) => `${events[0]?.event} ${events.length}`),
            done: () => resolve(batches.map(({ length }) => ({ accepted: length, duplicates: 0 }))),
            fail: (code) => reject(new RepositoryError(code, 'It failed.')),
          });
        }),
    );
  });
  afterEach(() => vi.useRealTimers());

  const settled = () => vi.waitFor(() => {});
  const begun = (count: number) => vi.waitFor(() => expect(commits).toHaveLength(count));
  const finish = (index: number) => commits[index]?.done();
  /** Three transactions that are under way. */
  const fill = async () => {
    const adding: Promise<AddResult>[] = [];
    for (const name of ['a', 'b', 'c']) {
      adding.push(add(batch(name)));
      await begun(adding.length);
    }
    return adding;
  };

  it('stores a batch that is alone at once', async () => {
    const adding = add(batch('a'));
    await begun(1);
    finish(0);
    expect(await adding).toEqual({ accepted: 1, duplicates: 0 });
  });

  it('stores what comes in the same turn together, and answers each for itself', async () => {
    const adding = Promise.all([add(batch('a', 2)), add(batch('b', 3))]);
    await begun(1);
    expect(commits[0]?.batches).toEqual(['a 2', 'b 3']);
    finish(0);
    expect((await adding).map(({ accepted }) => accepted)).toEqual([2, 3]);
  });

  it('has what comes while three transactions are under way wait for the next one, together', async () => {
    const first = await fill();
    const later = [add(batch('d')), add(batch('e'))];
    await settled();
    expect(commits).toHaveLength(3);
    finish(1);
    await begun(4);
    expect(commits[3]?.batches).toEqual(['d 1', 'e 1']);
    for (const index of [0, 2, 3]) finish(index);
    expect(await Promise.all([...first, ...later])).toHaveLength(5);
  });

  it('makes no transaction of more than 5,000 events, unless one batch has more', async () => {
    const adding = Promise.all([2_000, 3_000, 1, 6_000, 10].map((count) => add(batch('a', count))));
    await begun(3);
    finish(0);
    await begun(4);
    expect(commits.map(({ batches }) => batches)).toEqual([
      ['a 2000', 'a 3000'],
      ['a 1'],
      ['a 6000'],
      ['a 10'],
    ]);
    for (const index of [1, 2, 3]) finish(index);
    await adding;
  });

  it('stores the others by themselves when the database refuses one', async () => {
    const adding = Promise.allSettled([add(batch('a')), add(batch('b')), add(batch('c'))]);
    await begun(1);
    commits[0]?.fail('DATABASE_FAILED');
    await begun(2);
    finish(1);
    await begun(3);
    commits[2]?.fail('DATABASE_FAILED');
    await begun(4);
    finish(3);
    expect(commits.slice(1).map(({ batches }) => batches)).toEqual([['a 1'], ['b 1'], ['c 1']]);
    expect((await adding).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses what waits for a database that is away, and tries with what comes later', async () => {
    const first = await fill();
    const adding = Promise.allSettled([...first, add(batch('d')), add(batch('e'))]);
    await settled();
    commits[0]?.fail('DATABASE_UNAVAILABLE');
    for (const index of [1, 2]) finish(index);
    const statuses = (await adding).map(({ status }) => status);
    expect(statuses).toEqual(['rejected', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(commits).toHaveLength(3);
    const next = add(batch('f'));
    await begun(4);
    finish(3);
    await next;
  });

  it('refuses what has waited for more than ten seconds, and goes on with the rest', async () => {
    const first = await fill();
    const late = add(batch('d'));
    await settled();
    vi.advanceTimersByTime(10_001);
    const rest = add(batch('e'));
    finish(0);
    await expect(late).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await begun(4);
    expect(commits[3]?.batches).toEqual(['e 1']);
    for (const index of [1, 2, 3]) finish(index);
    await Promise.all([...first, rest]);
  });
});
