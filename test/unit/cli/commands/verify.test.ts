import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createIngestApp } from '../../../../src/server/ingest/index.js';
import { createDirectory } from '../../../support/directories.js';
import { RecordingServer } from '../../../support/recording-server.js';
import { MORNING, openTestLedger, toWire } from '../../store/ledger/support.js';
import { changeLines, eventOf, flip, plantLedger, receipts, SIGNING_KEY } from '../../store/proof/support.js';
import { filesIn, record, run } from '../support.js';

/** A ledger, and the keys of the server that signed for it in a file. */
async function plant() {
  const directory = createDirectory();
  const path = await plantLedger(directory);
  const keys = join(createDirectory(), 'jwks.json');
  writeFileSync(keys, JSON.stringify(await receipts.keys()));
  return { directory, path, keys };
}

function shownFile(text: string): string {
  const path = join(createDirectory(), 'shown.json');
  writeFileSync(path, text);
  return path;
}

describe('verify', () => {
  it('says in numbers what holds', async () => {
    const { directory, keys } = await plant();
    const { status, stdout, stderr } = await run(directory, ['verify', '--keys', keys]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      [
        '  Files                 1',
        '  Events                5',
        '  Sent, with a receipt  3',
        '  Sent, without one     1: acknowledged by a server that gives no receipts, such',
        '                        as PostHog, and verified up to that',
        '  Dropped               1',
        '  Waiting               0',
        '  Kept here only        0',
        '',
        '  Receipts              2: 2 signed by a given key',
        '',
        '✓ Everything that was checked holds.',
        '',
      ].join('\n'),
    );
  });

  it('says what was not checked, and asks no network for it', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    onTestFinished(() => fetched.mockRestore());
    const { directory } = await plant();
    const { status, stdout } = await run(directory, ['verify']);
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('signatures not checked: no key');
    expect(fetched).not.toHaveBeenCalled();
  });

  it('makes nothing where nothing is kept', async () => {
    const directory = createDirectory();
    const { status, stdout } = await run(directory, ['verify']);
    expect(status).toBe(0);
    expect(stdout).toContain('Nothing is kept here');
    expect(filesIn(directory)).toEqual([]);
  });

  it('tells of a half-written line, which is no finding', async () => {
    const { directory, path } = await plant();
    appendFileSync(path, '{"recorded_at":"20');
    const { status, stdout } = await run(directory, ['verify']);
    expect(status).toBe(0);
    expect(stdout).toContain('1 line half written');
  });

  it('names the file and the line of what does not hold, and fails', async () => {
    const { directory, path } = await plant();
    changeLines(path, (lines) => lines.map((line) => line.replace('"n":2', '"n":3')));
    const { status, stderr } = await run(directory, ['verify']);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^telemetry_20261121_083000_1b4e28ba\.ndjson, line 3: .+ \(chain_broken\)\.\n.+, line 8: .+ \(receipt_not_fitting\)\.\n$/,
    );
    const { stdout } = await run(directory, ['verify', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ code: 'chain_broken', line: 3 }, { code: 'receipt_not_fitting' }],
    });
  });
});

describe('verify --keys', () => {
  it('fails when any single bit of the keys is another', async () => {
    const { directory, keys } = await plant();
    const bytes = readFileSync(keys);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
        writeFileSync(keys, flip(bytes, bit));
        expect((await run(directory, ['verify', '--keys', keys])).status).not.toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('does not take a key that is written in another way than its thumbprint is of', async () => {
    const { directory, keys } = await plant();
    // The last two bits of it stand for nothing.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const text = readFileSync(keys, 'utf8');
    const changed = text.replace(/"x":"([\w-]{42})([\w-])"/, (_, start: string, last: string) => {
      return `"x":"${start}${alphabet[alphabet.indexOf(last) + 1]}"`;
    });
    expect(changed).not.toBe(text);
    expect((await run(directory, ['verify', '--keys', shownFile(changed)])).status).toBe(2);
  });

  it('finds a receipt that is signed with another key, whatever it says', async () => {
    const { directory } = await plant();
    const other = join(createDirectory(), 'jwks.json');
    const app = createIngestApp({ receiptKey: JSON.stringify(anotherKey()) });
    writeFileSync(other, await (await app.request('/.well-known/jwks.json')).text());
    const unknown = await run(directory, ['verify', '--json', '--keys', other]);
    expect(unknown.status).toBe(1);
    expect(unknown.stdout).toContain('"key_unknown"');
  });

  it('finds a receipt whose signature was made for something else', async () => {
    const { keys } = await plant();
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const event = eventOf(1);
    ledger.record(event, MORNING);
    const [header, claims] = String(await receipts.sign([toWire(event)], 0)).split('.');
    const [, , signature] = String(await receipts.sign([toWire(event)], 9_000)).split('.');
    ledger.settle([event], 'sent', `${header}.${claims}.${signature}`);
    ledger.close();
    expect((await run(directory, ['verify'])).status).toBe(0);
    const { status, stdout } = await run(directory, ['verify', '--json', '--keys', keys]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: 'signature_invalid', line: 3 }] });
  });

  it.each([
    ['is not there', undefined],
    ['is no JSON', 'keys'],
    ['holds the private key', JSON.stringify({ keys: [JSON.parse(SIGNING_KEY)] })],
    ['is null', 'null'],
    ['is larger than any', ' '.repeat(65_537)],
  ])('does not take a file that %s', async (_what, text) => {
    const { directory, keys } = await plant();
    const place = text === undefined ? `${keys}.gone` : shownFile(text);
    const { status, stdout, stderr } = await run(directory, ['verify', '--keys', place]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^The keys of --keys /);
  });
});

describe('verify --keys with an address', () => {
  async function serve(text: string) {
    const server = await RecordingServer.start();
    onTestFinished(() => server.close());
    server.answer = (response) => response.end(text);
    return { asked: server.requests, port: new URL(server.url).port };
  }

  it('reads them from this machine without TLS', async () => {
    const { directory, keys } = await plant();
    const { port } = await serve(readFileSync(keys, 'utf8'));
    const address = `http://127.0.0.1:${port}/.well-known/jwks.json`;
    expect((await run(directory, ['verify', '--keys', address])).status).toBe(0);
  });

  it('asks no other machine without TLS', async () => {
    const { directory, keys } = await plant();
    const { port, asked } = await serve(readFileSync(keys, 'utf8'));
    const { status, stderr } = await run(directory, ['verify', '--keys', `http://0.0.0.0:${port}/jwks.json`]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/without TLS/);
    expect(asked).toEqual([]);
  });

  it('reads no more than keys may be', async () => {
    const { directory } = await plant();
    const { port } = await serve('x'.repeat(10_000_000));
    const { status, stderr } = await run(directory, [
      'verify',
      '--keys',
      `http://localhost:${port}/jwks.json`,
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^The keys of --keys cannot be read/);
  });
});

describe('verify --shown', () => {
  it('holds for what show-data, export and preview show', async () => {
    const directory = createDirectory();
    await record(directory);
    const exported = join(createDirectory(), 'export.json');
    await run(directory, ['export', exported]);
    const { stdout } = await run(directory, ['show-data', '--json']);
    const [{ events }] = JSON.parse(stdout) as [{ events: [Record<string, unknown>] }];
    const { event_type: event, distinct_id, properties } = events[0];
    const preview = shownFile(JSON.stringify({ event, distinct_id, properties }, null, 2));
    for (const shown of [exported, shownFile(stdout), preview])
      expect(await run(directory, ['verify', '--shown', shown])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('1 event compared'),
      });
  });

  it('fails when any single bit of an event is another', async () => {
    const { directory } = await plant();
    const shown = shownFile('');
    const bytes = Buffer.from(JSON.stringify(toWire(eventOf(2))));
    writeFileSync(shown, bytes);
    expect((await run(directory, ['verify', '--shown', shown])).status).toBe(0);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
        writeFileSync(shown, flip(bytes, bit));
        expect((await run(directory, ['verify', '--shown', shown])).status).not.toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('finds what was shown and not recorded, with its number', async () => {
    const { directory } = await plant();
    const lines = [eventOf(2), eventOf(7)].map((event) => JSON.stringify(toWire(event)));
    const shown = shownFile(`a program says\n${lines.join('\n')}\n{ "uuid": torn\n`);
    const { status, stdout } = await run(directory, ['verify', '--json', '--shown', shown]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      shown: 3,
      findings: [
        { code: 'shown_not_recorded', line: 2 },
        { code: 'shown_differs', line: 3 },
      ],
    });
  });

  it('does not pass an event of which one member is shown and another compared', async () => {
    const { directory } = await plant();
    const line = JSON.stringify(toWire(eventOf(2)));
    const twice = line.replace('"properties":', '"properties":{"n":"shown"},"properties":');
    for (const text of [twice, JSON.stringify([JSON.parse(line)]).replace(line, twice)])
      expect((await run(directory, ['verify', '--shown', shownFile(text)])).status).toBe(1);
    expect((await run(directory, ['verify', '--shown', shownFile(line)])).status).toBe(0);
  });

  it.each(['', 'nothing', '[]', '{"a":1}'])('does not take a file that shows no event: %j', async (text) => {
    const { directory } = await plant();
    const { status, stderr } = await run(directory, ['verify', '--shown', shownFile(text)]);
    expect(status).toBe(2);
    expect(stderr).toContain('holds no event');
  });
});

function anotherKey(): object {
  // A fixed one: RFC 8037, appendix A.
  return {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  };
}
