import { isTelemetryError } from '../../../internal/index.js';
import type { AddResult, EventStore, StoredEvent } from '../../wire/index.js';
import { RepositoryError } from '../errors.js';

/** Store some batches in one transaction. @returns what was done with each, in their order */
export type CommitBatches = (batches: readonly (readonly StoredEvent[])[]) => Promise<readonly AddResult[]>;

interface Waiting {
  readonly events: readonly StoredEvent[];
  readonly sinceMs: number;
  readonly resolve: (result: AddResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** One is copied in while another is inserted, and a third answered: more only wait for each other. */
const TRANSACTIONS_AT_ONCE = 3;
/** Of one transaction, unless a single batch has more. */
const MAX_EVENTS = 5_000;
/** As long as clients wait for an answer. */
const MAX_WAIT_MS = 10_000;

/**
 * What stores batches that come at the same time in one transaction, so that they share its commit: while some transactions are under way,
 * what comes meanwhile waits for the next. One at a time is stored at once.
 *
 * A batch that the database refuses fails alone. When the database is away, what waits for it fails at once, with the same error; and what has
 * waited for ten seconds fails with `DATABASE_UNAVAILABLE`.
 */
export function createGroupCommit(commit: CommitBatches): EventStore['add'] {
  const waiting: Waiting[] = [];
  let underWay = 0;
  /** Never rejects. */
  const settle = async (group: readonly Waiting[]) => {
    try {
      const results = await commit(group.map(({ events }) => events));
      for (const [index, result] of results.entries()) group[index]?.resolve(result);
    } catch (error) {
      if (isAway(error)) refuse([...group, ...waiting.splice(0)], error);
      else if (group.length === 1) refuse(group, error);
      // One of them may be the reason: the others are stored without it.
      else for (const batch of group) await settle([batch]);
    }
  };
  const work = async () => {
    underWay += 1;
    for (let group = takeGroup(waiting); group.length > 0; group = takeGroup(waiting)) await settle(group);
    underWay -= 1;
  };
  const begin = () => {
    if (underWay < TRANSACTIONS_AT_ONCE) void work();
  };
  return (events) =>
    new Promise((resolve, reject) => {
      waiting.push({ events, sinceMs: performance.now(), resolve, reject });
      // What comes in the same turn goes together.
      queueMicrotask(begin);
    });
}

/** As many of the first as go into one transaction: they wait no longer. Those before them that have waited for too long are refused. */
function takeGroup(waiting: Waiting[]): readonly Waiting[] {
  const oldestMs = performance.now() - MAX_WAIT_MS;
  const late = takeUntil(waiting, ({ sinceMs }) => sinceMs >= oldestMs);
  for (const { reject } of late) reject(tooBusy());
  let events = 0;
  return takeUntil(waiting, (batch, index) => {
    events += batch.events.length;
    return index > 0 && events > MAX_EVENTS;
  });
}

function takeUntil(
  waiting: Waiting[],
  isEnd: (batch: Waiting, index: number) => boolean,
): readonly Waiting[] {
  const end = waiting.findIndex(isEnd);
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

function refuse(group: readonly Waiting[], error: unknown): void {
  for (const { reject } of group) reject(error);
}

const isAway = (error: unknown) => isTelemetryError(error) && error.code === 'DATABASE_UNAVAILABLE';

const tooBusy = () =>
  new RepositoryError(
    'DATABASE_UNAVAILABLE',
    'The database has more to do than it can, and this was not stored. Send it again a little later.',
  );
