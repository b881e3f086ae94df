import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTelemetry, type TelemetryOptions } from 'sotto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerWith, neverAnswer, RecordingServer } from '../../support/recording-server.js';
import { prefixOf, temporaryDirectory, uniqueApp } from '../../support/wiring.js';

const HOUR_S = 3_600;

let server: RecordingServer;
let temporary: Awaited<ReturnType<typeof temporaryDirectory>>;
let app: string;
let directory: string;

beforeEach(async () => {
  server = await RecordingServer.start();
  temporary = await temporaryDirectory();
  directory = join(temporary.path, 'state');
  app = uniqueApp();
  process.env[`${prefixOf(app)}_TELEMETRY_ENABLED`] = 'true';
});
afterEach(async () => {
  delete process.env[`${prefixOf(app)}_TELEMETRY_ENABLED`];
  await server.close();
  await temporary[Symbol.asyncDispose]();
});

/** A run of the program: one client of the app after the other, in the same state directory. */
const startRun = (options: Partial<TelemetryOptions> = {}) =>
  createTelemetry({
    app,
    consent: 'given',
    posthog: { key: 'phc_backlog', host: server.url },
    delivery: { maxAttempts: 1, shutdownTimeoutMs: 100, batchIntervalMs: 3_600_000 },
    store: { directory },
    ...options,
  });

/** A run that ends while the server is silent. */
async function leaveBehind(...names: readonly string[]): Promise<void> {
  const before = server.answer;
  server.answer = neverAnswer;
  const telemetry = startRun();
  for (const name of names) telemetry.capture(name);
  await telemetry.shutdown();
  expect(telemetry.status()).toMatchObject({ left: names.length, pending: 0, dropped: {} });
  // What it gave up may still be on its way.
  await server.drained();
  server.answer = before;
  server.requests.length = 0;
}

const sentNames = () => server.messages.map(({ event }) => event);
const spool = () => (existsSync(join(directory, 'spool')) ? readdirSync(join(directory, 'spool')) : []);
const notes = () => spool().filter((name) => name.startsWith('telemetry_'));
describe('what a run could not send', () => {
  it('is sent by the next one, as the same bytes and under the same uuid, and noted in the ledger', async () => {
    await leaveBehind('first', 'second');
    expect(notes()).toHaveLength(1);
    const telemetry = startRun();
    telemetry.capture('third');
    await telemetry.flush();
    expect(sentNames().sort()).toEqual(['first', 'second', 'third']);
    expect(notes().filter((name) => name.includes('released'))).toEqual([]);
    await telemetry.shutdown();
    expect(notes()).toEqual([]);
    const next = startRun();
    next.capture('fourth');
    await next.shutdown();
    expect(sentNames()).toHaveLength(4);
  });

  it('is not asked for again while a server wants to be left alone', async () => {
    server.answer = answerWith(503, { 'retry-after': String(HOUR_S) });
    const telemetry = startRun();
    telemetry.capture('first');
    await telemetry.shutdown();
    expect(server.batches).toHaveLength(1);
    const next = startRun();
    next.capture('second');
    await next.flush();
    await next.shutdown();
    expect(server.batches).toHaveLength(1);
    expect(next.status()).toMatchObject({ left: 1 });
  });

  it('never leaves when it was recorded before a no that was taken back', async () => {
    await leaveBehind('before');
    const person = startRun({ consent: 'opt-in' });
    await person.disable();
    expect(spool()).toEqual([]);
    person.enable();
    person.capture('after');
    await person.flush();
    await person.shutdown();
    expect(sentNames()).toEqual(['after']);
  });

  it('waits while telemetry is only local, and leaves with the next run that is on', async () => {
    await leaveBehind('first');
    const local = startRun({ dryRun: true });
    local.capture('seen');
    await local.flush();
    await local.shutdown();
    expect(server.requests).toEqual([]);
    const telemetry = startRun();
    telemetry.capture('second');
    await telemetry.flush();
    expect(sentNames().sort()).toEqual(['first', 'second']);
    await telemetry.shutdown();
  });

  it('goes where it was meant for, though a later run goes elsewhere', async () => {
    await leaveBehind('first');
    await using other = await RecordingServer.start();
    const telemetry = startRun({ posthog: { key: 'phc_other', host: other.url } });
    telemetry.capture('second');
    await telemetry.flush();
    await telemetry.shutdown();
    expect(other.messages.map(({ event }) => event)).toEqual(['second']);
    expect(sentNames()).toEqual(['first']);
  });
});
