import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type IngestServer, startIngestServer } from 'sotto/server';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runBacklog } from '../../../src/delivery/backlog/run-backlog.js';
import { proveLedger } from '../../../src/store/index.js';
import { buildCodeSearch } from '../../support/code-search-event.js';
import { createDirectory } from '../../support/directories.js';
import { NO_PROXIES } from '../../support/no-proxies.js';
import { openWiring, type Wiring } from '../../support/wiring.js';
import { run } from '../../unit/cli/support.js';
import { ledgerNames, MORNING, openTestLedger } from '../../unit/store/ledger/support.js';
import { eventOf, SIGNING_KEY } from '../../unit/store/proof/support.js';
import { NOTE, notesOf } from '../../unit/store/spool/support.js';

let ingest: IngestServer;
beforeEach(async () => {
  ingest = await startIngestServer({ port: 0, receiptKey: SIGNING_KEY });
});
afterEach(() => ingest.close());

const keysOf = ({ url }: IngestServer) => `${url}/.well-known/jwks.json`;

async function send({ telemetry }: Wiring): Promise<void> {
  telemetry.capture(buildCodeSearch());
  telemetry.capture('untyped', { größe: 'ä', count: 1.5 });
  await telemetry.flush();
  telemetry.capture(buildCodeSearch());
  await telemetry.shutdown();
}

async function verify(directory: string, ...args: string[]) {
  const { status, stdout } = await run(directory, ['verify', '--json', ...args]);
  return { status, ...(JSON.parse(stdout) as { findings: { code: string }[]; receipts: object }) };
}

const codesOf = ({ findings }: { findings: { code: string }[] }) => findings.map(({ code }) => code);

describe('events that a server of ours received', () => {
  it('are those that stand in the ledger, and the receipts prove it', async () => {
    await using wiring = await openWiring({ posthog: { key: 'phc_a', host: ingest.url } });
    await send(wiring);
    expect((await ingest.store.counts()).total).toBe(3);
    expect(await verify(wiring.directory, '--keys', keysOf(ingest))).toMatchObject({
      status: 0,
      counts: { sentWithReceipt: 3, sentWithoutReceipt: 0 },
      receipts: { receipts: 2, valid: 2, notChecked: 0 },
      findings: [],
    });
  });

  it('are proven without a key up to the signature', async () => {
    await using wiring = await openWiring({ posthog: { key: 'phc_a', host: ingest.url } });
    await send(wiring);
    expect(await verify(wiring.directory)).toMatchObject({
      status: 0,
      receipts: { receipts: 2, valid: 0, notChecked: 2 },
    });
  });

  it('are the ones that verbose output and show-data showed', async () => {
    const shown = join(createDirectory(), 'shown.txt');
    const lines: string[] = [];
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    await using wiring = await openWiring({ verbose: true, posthog: { key: 'phc_a', host: ingest.url } });
    await send(wiring);
    spy.mockRestore();
    writeFileSync(shown, `starting\n${lines.join('')}done\n`);
    const kept = await verify(wiring.directory, '--shown', shown);
    expect(kept).toMatchObject({ status: 0, shown: 3 });
    writeFileSync(shown, (await run(wiring.directory, ['show-data', '--json'])).stdout);
    expect(await verify(wiring.directory, '--shown', shown)).toMatchObject({ status: 0, shown: 3 });
    writeFileSync(shown, readFileSync(shown, 'utf8').replace('DEBUG', 'DEBUF'));
    const differing = await verify(wiring.directory, '--shown', shown);
    expect(differing.status).toBe(1);
    expect(codesOf(differing)).toEqual(['shown_differs']);
  });

  it('are found to be others when a bit of them turned over on the way', async () => {
    const proxy = await startFlippingProxy(ingest.url);
    await using wiring = await openWiring({ posthog: { key: 'phc_a', host: proxy } });
    await send(wiring);
    expect((await ingest.store.counts()).total).toBe(3);
    const found = await verify(wiring.directory, '--keys', keysOf(ingest));
    expect(found.status).toBe(1);
    expect(codesOf(found)).toEqual(['receipt_not_fitting', 'receipt_not_fitting']);
  });

  it('are acknowledged without a receipt by a server that gives none', async () => {
    await using wiring = await openWiring();
    await send(wiring);
    expect(await verify(wiring.directory)).toMatchObject({
      status: 0,
      counts: { sentWithReceipt: 0, sentWithoutReceipt: 3 },
      receipts: { receipts: 0 },
    });
  });
});

it('a receipt is kept too where another process sends what was left', async () => {
  vi.stubEnv('ACME_TELEMETRY_ENABLED', 'true');
  onTestFinished(() => void vi.unstubAllEnvs());
  const directory = createDirectory();
  const note = { ...NOTE, host: ingest.url, epoch: '', places: [], workingDirectory: undefined };
  const ledger = openTestLedger(directory, {}, notesOf(directory, process.pid, note));
  for (const n of [1, 2, 3]) ledger.record(eventOf(n), MORNING);
  ledger.close();
  await runBacklog({ directory, proxies: NO_PROXIES, signal: new AbortController().signal });
  expect((await ingest.store.counts()).total).toBe(3);
  expect(await verify(directory, '--keys', keysOf(ingest))).toMatchObject({
    status: 0,
    counts: { sentWithReceipt: 3 },
    receipts: { receipts: 1, valid: 1 },
  });
  const path = join(directory, 'ledger', ledgerNames(directory)[0] ?? '');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"n":2', '"n":3'));
  expect(proveLedger(directory).findings.map(({ code }) => code)).toEqual([
    'chain_broken',
    'receipt_not_fitting',
  ]);
});

/** Hands requests on, with one bit of the first time in their bodies turned over. @returns its address */
async function startFlippingProxy(target: string): Promise<string> {
  const proxy = createServer(async (request, response) => {
    const answer = await fetch(`${target}${request.url}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: await flippedBody(request),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

async function flippedBody(request: IncomingMessage): Promise<Uint8Array> {
  const sent = await buffer(request);
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  const at = body.indexOf('"distinct_id":"') + '"distinct_id":"'.length;
  body[at] = (body[at] ?? 0) ^ 1;
  return Uint8Array.from(body);
}
