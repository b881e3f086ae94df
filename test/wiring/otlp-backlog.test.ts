import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runBacklog } from '../../src/delivery/backlog/run-backlog.js';
import { toOtlpMessage } from '../../src/delivery/index.js';
import { createOtlpEncoder } from '../../src/delivery/otlp/otlp-encoder.js';
import type { SanitizedEvent } from '../../src/privacy/index.js';
import { readWaiting } from '../../src/store/index.js';
import type { OtlpNote } from '../../src/store/spool/note.js';
import { createDirectory } from '../support/directories.js';
import { NO_PROXIES } from '../support/no-proxies.js';
import { buildEvent, buildGauge, buildSpan, MORNING_MS, SOURCE } from '../unit/delivery/otlp/events.js';
import { formatRecord } from '../unit/store/ledger/support.js';
import { FILE, plantLedgerFile, plantReleased } from '../unit/store/spool/support.js';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.js';

const BATCH = [buildEvent(1), buildSpan(2), buildGauge(3), buildEvent(4)];

let receiver: OtlpReceiver;
let directory: string;

beforeEach(async () => {
  receiver = await startOtlpReceiver();
  directory = createDirectory();
  vi.stubEnv('ACME_TELEMETRY_ENABLED', 'true');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await receiver[Symbol.asyncDispose]();
});

/** What a program has left that was to send OTLP. */
function leaveBehind(events: readonly SanitizedEvent[], change: Partial<OtlpNote> = {}): void {
  const note: OtlpNote = {
    ...SOURCE,
    sink: 'otlp',
    host: receiver.url,
    protocol: 'http/protobuf',
    headers: { authorization: 'Bearer abc' },
    basis: 'opt-in',
    command: undefined,
    epoch: '',
    needs: ['usageAnalytics'],
    toolsOverPrivacy: false,
    allowsHttp: false,
    requestTimeoutMs: 10_000,
    compressionThresholdBytes: undefined,
    places: [],
    umbrellaFlag: false,
    workingDirectory: undefined,
    ...change,
  };
  const lines = events.map((event) => formatRecord(MORNING_MS, toOtlpMessage(event)));
  plantLedgerFile(directory, FILE, lines.join(''));
  plantReleased(directory, FILE, note);
}

const run = () => runBacklog({ directory, proxies: NO_PROXIES, signal: new AbortController().signal });

const waiting = () => readWaiting(directory, FILE)?.events.map(({ uuid }) => uuid) ?? [];

describe('what a program left that sends OTLP', () => {
  it('is sent to its receiver by signals, with its headers, and noted in the ledger', async () => {
    leaveBehind(BATCH);
    await run();
    expect(receiver.requests.map(({ url }) => url)).toEqual(['/v1/logs', '/v1/traces', '/v1/metrics']);
    expect(receiver.requests[0]?.headers.authorization).toBe('Bearer abc');
    expect(waiting()).toEqual([]);
  });

  it('has the bytes that its own process would have sent', async () => {
    leaveBehind([BATCH[1]!]);
    await run();
    const encoder = await createOtlpEncoder(SOURCE, 'http/protobuf');
    expect(receiver.requests[0]?.body).toEqual(Buffer.from(encoder.encode([BATCH[1]!]).body));
  });

  it('is never sent twice when one of its signals fails', async () => {
    receiver.script('traces', { status: 503 }, { status: 503 }, { status: 503 }, { status: 503 });
    leaveBehind(BATCH);
    await run();
    expect(waiting()).toEqual([BATCH[1]!.uuid]);
    const ofOthers = receiver.requests.filter(({ signal }) => signal !== 'traces');
    expect(ofOthers.map(({ signal }) => signal)).toEqual(['logs', 'metrics']);
  });

  it('never leaves once a part that it needs was switched off', async () => {
    leaveBehind(BATCH, { needs: ['usageAnalytics', 'errorReporting'] });
    vi.stubEnv('ACME__TELEMETRY__ERROR_REPORTING', 'false');
    await run();
    expect(receiver.requests).toEqual([]);
    expect(waiting()).toEqual([]);
  });

  it('stays while somebody says no', async () => {
    leaveBehind(BATCH);
    vi.stubEnv('DO_NOT_TRACK', '1');
    await run();
    expect(receiver.requests).toEqual([]);
    expect(waiting()).toHaveLength(BATCH.length);
  });
});
