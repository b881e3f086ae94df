import { appendFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { followLedger, type RecordedEvent } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';
import { buildEvent, EVENING, formatRecord, MORNING, openTestLedger, STARTED_MS, toWire } from './support.js';

/** Follow a ledger until the test ends. */
function follow(directory: string) {
  const events: RecordedEvent[] = [];
  const stop = new AbortController();
  const ended = followLedger(directory, (event) => events.push(event), stop.signal);
  onTestFinished(() => stop.abort());
  const uuids = () => events.map(({ uuid }) => uuid);
  const saw = (...expected: string[]) => vi.waitFor(() => expect(uuids()).toEqual(expected), 5_000);
  return { events, saw, stop, ended };
}

function record(ledger: ReturnType<typeof openTestLedger>, uuid: number | string, session = MORNING): void {
  ledger.record(buildEvent(uuid), session);
  ledger.flush();
}

it('reports what is recorded from now on, in every file', async () => {
  const directory = createDirectory();
  const ledger = openTestLedger(directory);
  record(ledger, 'before');
  const { events, saw } = follow(directory);
  record(ledger, 1);
  record(ledger, 2);
  await saw('1', '2');
  record(ledger, 3, EVENING);
  await saw('1', '2', '3');
  expect(events.map(({ session_id, sent_at }) => [session_id, sent_at])).toEqual([
    [MORNING, null],
    [MORNING, null],
    [EVENING, null],
  ]);
});

it('waits for a ledger that does not exist yet, and for one that was cleared', async () => {
  const directory = join(createDirectory(), 'telemetry');
  const { saw } = follow(directory);
  const ledger = openTestLedger(directory);
  record(ledger, 1);
  await saw('1');
  rmSync(directory, { recursive: true });
  await sleep(1_100);
  record(ledger, 2);
  await saw('1', '2');
});

it('reports a file from its start when it comes back, whatever it looks like', async () => {
  const directory = createDirectory();
  const ledger = openTestLedger(directory);
  record(ledger, 1);
  const { saw } = follow(directory);
  const path = join(directory, 'ledger', 'telemetry_20261121_083000_1b4e28ba.ndjson');
  renameSync(path, join(directory, 'aside'));
  await sleep(1_100);
  renameSync(join(directory, 'aside'), path);
  await saw('1');
});

it('reports a line once it is whole', async () => {
  const directory = createDirectory();
  const ledger = openTestLedger(directory);
  record(ledger, 1);
  const { saw } = follow(directory);
  const path = join(directory, 'ledger', 'telemetry_20261121_083000_1b4e28ba.ndjson');
  const line = Buffer.from(formatRecord(STARTED_MS, toWire(buildEvent('ü', { text: 'x'.repeat(200_000) }))));
  const cut = line.indexOf(0xc3) + 1;
  appendFileSync(path, line.subarray(0, cut));
  await sleep(50);
  await saw();
  appendFileSync(path, line.subarray(cut));
  await saw('ü');
});

it('ends with its signal, at once, also when it was given before', async () => {
  const { stop, ended } = follow(createDirectory());
  stop.abort();
  await ended;
  await followLedger(createDirectory(), () => {}, AbortSignal.abort());
});
