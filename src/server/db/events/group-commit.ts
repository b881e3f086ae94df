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
/** With the time for a connection that nobody answers, five seconds in all. */
const MAX_WAIT_MS = 2_000;

/**
 * What stores batches that come at the same time in one transaction, so that they share its commit: while some transactions are under way,
 * what comes meanwhile waits for the next. One at a time is stored at once.
 *
 * A batch that the database refuses fails alone. One that waits for longer than two seconds is refused with `DATABASE_UNAVAILABLE`.
 */
export function createGroupCommit(commit: CommitBatches): EventStore['add'] {
  const waiting: Waiting[] = [];
  let underWay = 0;
  const work = async () => {
    underWay += 1;
    for (let group = takeGroup(waiting); group.length > 0; group = takeGroup(waiting))
      await settle(group, commit);
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

/** As many of the first as go into one transaction: they wait no longer, and those before them that have waited for too long are refused. */
function takeGroup(waiting: Waiting[]): readonly Waiting[] {
  const latestMs = performance.now() - MAX_WAIT_MS;
  while (waiting[0] !== undefined && waiting[0].sinceMs < latestMs) waiting.shift()?.reject(tooBusy());
  let events = 0;
  const end = waiting.findIndex((batch, index) => {
    events += batch.events.length;
    return index > 0 && events > MAX_EVENTS;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

/** Never rejects. */
async function settle(group: readonly Waiting[], commit: CommitBatches): Promise<void> {
  try {
    const results = await commit(group.map(({ events }) => events));
    for (const [index, result] of results.entries()) group[index]?.resolve(result);
  } catch (error) {
    // One of them may be the reason: the others are stored without it.
    if (group.length > 1 && !isAway(error)) for (const batch of group) await settle([batch], commit);
    else for (const { reject } of group) reject(error);
  }
}

const isAway = (error: unknown) => isTelemetryError(error) && error.code === 'DATABASE_UNAVAILABLE';

const tooBusy = () =>
  new RepositoryError(
    'DATABASE_UNAVAILABLE',
    'The database has more to do than it can, and this was not stored. Send it again a little later.',
  );
