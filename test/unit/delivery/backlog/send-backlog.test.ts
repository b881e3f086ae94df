import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Recipient } from '../../../../src/delivery/backlog/recipient.js';
import { sendBacklog } from '../../../../src/delivery/backlog/send-backlog.js';
import { createRest } from '../../../../src/delivery/rest.js';
import type { SendResult } from '../../../../src/delivery/send-result.js';
import type { Outcome } from '../../../../src/delivery/sink.js';
import { BoundedCache } from '../../../../src/internal/index.js';
import {
  createDeliveryState,
  type LossReason,
  listWaiting,
  readWaiting,
  type SpoolNote,
} from '../../../../src/store/index.js';
import { createDirectory, giveAway } from '../../../support/directories.js';
import { uuidOf } from '../../store/ledger/support.js';
import { endLine, NOTE, plantLedgerFile, plantReleased, recordLine } from '../../store/spool/support.js';

const HOST = NOTE.host;
const GONE_HOST = 'https://gone.example';
const ACCEPTED: SendResult = { status: 'accepted' };
const IN_TROUBLE: SendResult = { status: 'retry' };
const UNREACHABLE: SendResult = { status: 'retry', isUnreachable: true };

/** The n-th file by age, with events of these numbers. */
function plant(directory: string, n: number, events: readonly number[], host = HOST): string {
  const fileName = `telemetry_202611${10 + n}_083000_1b4e28ba.ndjson`;
  plantLedgerFile(directory, fileName, events.map(recordLine).join(''));
  plantReleased(directory, fileName, { ...NOTE, host });
  return fileName;
}

/** Events of this number and above are of another kind than those below. */
const OF_OTHER_KIND = 1_000;

type Answer = (numbers: readonly number[], host: string) => SendResult | Promise<SendResult>;

/** Servers that answer as told, and one look after the other. */
function createHarness(directory: string, answer: Answer) {
  const requests: number[][] = [];
  const accepted: number[] = [];
  const lost: [LossReason, number][] = [];
  const clock = { nowMs: Date.now() };
  const state = { answer, consent: 'yes' as ReturnType<Recipient['ask']>, hasLease: true };
  const unnoted = new BoundedCache<string, Outcome>(100);
  const restOf = (host: string) =>
    createRest({ now: () => clock.nowMs, random: () => 1, ...createDeliveryState(directory, host) });
  const connect = ({ host }: SpoolNote): Recipient => ({
    sink: {
      send: async (batch) => {
        const numbers = batch.map(({ uuid }) => Number(uuid.slice(-12)));
        requests.push(numbers);
        const result = await state.answer(numbers, host);
        if (result.status === 'accepted') accepted.push(...numbers);
        return result;
      },
      abort: () => {},
    },
    ask: () => state.consent,
    rest: restOf(host),
    kindOf: ({ uuid }) => (Number(uuid.slice(-12)) >= OF_OTHER_KIND ? 'other' : 'one'),
  });
  const lease = { renew: () => state.hasLease, release: () => {} };
  const ending = new AbortController();
  const countLost = (...loss: [LossReason, number]) => void lost.push(loss);
  const look = () => {
    const effects = { now: () => clock.nowMs, connect, unnoted, countLost };
    return sendBacklog(directory, lease, new Set(), effects, ending.signal);
  };
  return { requests, accepted, lost, clock, state, restOf, ending, look };
}

const failAt =
  (...bad: readonly number[]): Answer =>
  (numbers) =>
    numbers.some((n) => bad.includes(n)) ? IN_TROUBLE : ACCEPTED;

const waiting = (directory: string) =>
  listWaiting(directory).flatMap(({ fileName }) =>
    (readWaiting(directory, fileName)?.events ?? []).map(({ uuid }) => Number(uuid.slice(-12))),
  );
const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

describe('a server that is gone', () => {
  it('holds up what is for others in no way', async () => {
    const directory = createDirectory();
    for (const n of [1, 2]) plant(directory, n, [n], GONE_HOST);
    for (const n of [3, 4]) plant(directory, n, [n]);
    const answer: Answer = (_, host) => (host === GONE_HOST ? UNREACHABLE : ACCEPTED);
    const { requests, accepted, restOf, look } = createHarness(directory, answer);
    await look();
    expect(requests).toEqual([[1], [3], [4]]);
    expect(accepted).toEqual([3, 4]);
    expect(waiting(directory)).toEqual([1, 2]);
    expect(restOf(GONE_HOST).waitMs).toBe(1_000);
    expect(restOf(HOST).waitMs).toBe(0);
  });

  it('gets one request, however much waits in a file', async () => {
    const directory = createDirectory();
    plant(directory, 1, range(250));
    const { requests, look } = createHarness(directory, () => UNREACHABLE);
    await look();
    expect(requests).toHaveLength(1);
  });

  it('is left alone while it is to be, and tried again after', async () => {
    const directory = createDirectory();
    plant(directory, 1, [1]);
    const { requests, clock, look, state } = createHarness(directory, () => UNREACHABLE);
    await look();
    await look();
    expect(requests).toHaveLength(1);
    clock.nowMs += 1_000;
    state.answer = () => ACCEPTED;
    await look();
    expect(requests).toHaveLength(2);
    expect(listWaiting(directory)).toEqual([]);
  });
});

describe('an event that a server fails at', () => {
  it('is dropped when it failed alone, and its batch is sent without it', async () => {
    const directory = createDirectory();
    plant(directory, 1, range(150));
    const { accepted, lost, restOf, look } = createHarness(directory, failAt(42));
    await look();
    expect(accepted.toSorted((a, b) => a - b)).toEqual(range(150).filter((n) => n !== 42));
    expect(lost).toEqual([['rejected_by_server', 1]]);
    expect(listWaiting(directory)).toEqual([]);
    expect(restOf(HOST).waitMs).toBe(0);
  });

  it('does not hold up other files, though it is alone in the oldest', async () => {
    const directory = createDirectory();
    for (const n of [1, 2, 3]) plant(directory, n, [n]);
    const { requests, accepted, lost, look } = createHarness(directory, failAt(1));
    await look();
    expect(requests).toEqual([[1], [2], [3], [1]]);
    expect(accepted).toEqual([2, 3]);
    expect(lost).toEqual([['rejected_by_server', 1]]);
    expect(listWaiting(directory)).toEqual([]);
  });

  it('is kept when nothing shows that the server takes others', async () => {
    const directory = createDirectory();
    plant(directory, 1, [1]);
    const { requests, lost, restOf, look } = createHarness(directory, failAt(1));
    await look();
    expect({ requests, lost }).toEqual({ requests: [[1]], lost: [] });
    expect(waiting(directory)).toEqual([1]);
    expect(restOf(HOST).waitMs).toBe(1_000);
  });
});

describe('a kind of events', () => {
  it('goes in requests of its own', async () => {
    const directory = createDirectory();
    plant(directory, 1, [1, 1_001, 2, 1_002]);
    const { requests, look } = createHarness(directory, () => ACCEPTED);
    await look();
    expect(requests).toEqual([
      [1, 2],
      [1_001, 1_002],
    ]);
    expect(listWaiting(directory)).toEqual([]);
  });

  it('in trouble loses nothing, and none of the others is sent twice', async () => {
    const directory = createDirectory();
    plant(directory, 1, [1, 1_001, 2]);
    const { requests, accepted, lost, restOf, look } = createHarness(directory, failAt(1_001));
    await look();
    expect(accepted).toEqual([1, 2]);
    expect(requests).toEqual([[1, 2], [1_001]]);
    expect(lost).toEqual([]);
    expect(waiting(directory)).toEqual([1_001]);
    expect(restOf(HOST).waitMs).toBe(1_000);
  });

  it('has one event dropped that its server fails at while it takes others of that kind', async () => {
    const directory = createDirectory();
    plant(directory, 1, [1, 1_001, 1_002, 1_003]);
    const { accepted, lost, look } = createHarness(directory, failAt(1_002));
    await look();
    expect(accepted.toSorted((a, b) => a - b)).toEqual([1, 1_001, 1_003]);
    expect(lost).toEqual([['rejected_by_server', 1]]);
    expect(listWaiting(directory)).toEqual([]);
  });
});

describe('a server in trouble', () => {
  it('gets two requests of many files, and loses nothing', async () => {
    const directory = createDirectory();
    for (const n of [1, 2, 3]) plant(directory, n, [n, 10 + n]);
    const { requests, lost, restOf, look } = createHarness(directory, () => IN_TROUBLE);
    await look();
    expect({ requests: requests.length, lost }).toEqual({ requests: 2, lost: [] });
    expect(waiting(directory)).toEqual([1, 11, 2, 12, 3, 13]);
    expect(restOf(HOST).waitMs).toBe(1_000);
  });

  it('gets three of a single batch', async () => {
    const directory = createDirectory();
    plant(directory, 1, range(4));
    const { requests, restOf, look } = createHarness(directory, () => IN_TROUBLE);
    await look();
    expect(requests).toEqual([range(4), [1, 2], [3, 4]]);
    expect(restOf(HOST).waitMs).toBe(1_000);
  });

  it('loses nothing though it has just taken something', async () => {
    const directory = createDirectory();
    for (const n of [1, 2, 3]) plant(directory, n, [n]);
    const { requests, lost, look } = createHarness(directory, failAt(2, 3));
    await look();
    expect({ requests, lost }).toEqual({ requests: [[1], [2], [3]], lost: [] });
    expect(waiting(directory)).toEqual([2, 3]);
  });

  it('is left alone for as long as it asks, without a second request', async () => {
    const directory = createDirectory();
    for (const n of [1, 2]) plant(directory, n, [n]);
    const { requests, restOf, look } = createHarness(directory, () => ({ status: 'retry', afterMs: 60_000 }));
    await look();
    expect(requests).toEqual([[1]]);
    expect(restOf(HOST).isClosed).toBe(true);
  });
});

describe('an end of our own', () => {
  it.each<[string, SendResult, (harness: ReturnType<typeof createHarness>) => void]>([
    ['the process ends', UNREACHABLE, ({ ending }) => ending.abort()],
    ['the process ends, and the server fails', IN_TROUBLE, ({ ending }) => ending.abort()],
    ['somebody else has the lease', IN_TROUBLE, ({ state }) => Object.assign(state, { hasLease: false })],
  ])('is no failure of the server, and nothing is tried after it: %s', async (_, result, end) => {
    const directory = createDirectory();
    for (const n of [1, 2]) plant(directory, n, [n, 10 + n]);
    const harness = createHarness(directory, () => {
      end(harness);
      return result;
    });
    await harness.look();
    expect(harness.requests).toHaveLength(1);
    expect(harness.restOf(HOST).waitMs).toBe(0);
  });
});

describe('an acceptance that cannot be noted', () => {
  it('stops all, and the same process does not send these events again', async () => {
    const directory = createDirectory();
    const [file] = [plant(directory, 1, [1, 2]), plant(directory, 2, [3])];
    const path = join(directory, 'ledger', file);
    const { requests, accepted, look, state } = createHarness(directory, () => {
      chmodSync(path, 0o400);
      return ACCEPTED;
    });
    const before = readFileSync(path, 'utf8');
    await withoutRights(directory, async () => {
      await look();
      expect(requests).toEqual([[1, 2]]);
      state.answer = () => ACCEPTED;
      chmodSync(path, 0o600);
      await look();
    });
    expect(accepted).toEqual([1, 2, 3]);
    expect(readFileSync(path, 'utf8').slice(before.length)).toContain(uuidOf(2));
    expect(listWaiting(directory)).toEqual([]);
  });

  it('is foreseen where the file cannot be written: nothing of it is sent, and the others are', async () => {
    const directory = createDirectory();
    const [file] = [plant(directory, 1, [1]), plant(directory, 2, [2])];
    chmodSync(join(directory, 'ledger', file), 0o400);
    const { requests, look } = createHarness(directory, () => ACCEPTED);
    await withoutRights(directory, async () => {
      await look();
      expect(requests).toEqual([[2]]);
      expect(waiting(directory)).toEqual([1]);
    });
  });
});

/** Root may write what is read-only: then this is done as somebody else, to whom all of it belongs. */
async function withoutRights(directory: string, work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  for (const name of ['', ...readdirSync(directory, { recursive: true }).map(String)])
    giveAway(join(directory, name));
  const { uid } = statSync(directory);
  process.seteuid?.(uid);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('what was lost', () => {
  it('is counted when a file is done with, and once', async () => {
    const directory = createDirectory();
    const file = plant(directory, 1, [1]);
    plantLedgerFile(directory, file, `${recordLine(1)}not JSON\n${recordLine(2)}${endLine('sent', 2)}`);
    const { lost, clock, look, state } = createHarness(directory, () => UNREACHABLE);
    await look();
    expect(lost).toEqual([]);
    clock.nowMs += 1_000;
    state.answer = () => ({ status: 'rejected' });
    await look();
    await look();
    expect(lost).toEqual([
      ['rejected_by_server', 1],
      ['record_torn', 1],
    ]);
  });

  it('is not what the person said no to', async () => {
    const directory = createDirectory();
    plant(directory, 1, [1]);
    const { requests, lost, look, state } = createHarness(directory, () => ACCEPTED);
    state.consent = 'never';
    await look();
    expect({ requests, lost }).toEqual({ requests: [], lost: [] });
    expect(listWaiting(directory)).toEqual([]);
  });
});
