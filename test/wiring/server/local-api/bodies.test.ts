import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUsage } from '../../../../src/store/index.js';
import { type LocalApi, openLocalApi } from './support.js';

const HOSTILE_NAMES = [
  '🙂',
  'x'.repeat(10_000),
  '',
  ' \t\n',
  'two words',
  'ada@example.com',
  '/home/ada/notes.txt',
  'C:\\Users\\ada',
  '10.1.2.3',
  '\u0000',
  '\ud83d',
];
const PLAIN_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

/** Everything that can be read still is JSON, and nothing has leaked into the prototype of objects. */
async function expectReadable(api: LocalApi): Promise<void> {
  for (const path of ['/summary', '/events?limit=200', '/hooks', '/preview', '/crashes'])
    expect([path, (await api.call(path)).status]).toEqual([path, 200]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
}

describe('names', () => {
  it.each(HOSTILE_NAMES.map((name) => [name.slice(0, 70), name] as const))(
    'are labels, and %j is refused without being told',
    async (_, name) => {
      const api = await openLocalApi();
      for (const [path, body] of [
        ['/features', { feature: name }],
        ['/features', { feature: 'a.b', variant: name }],
        ['/events', { event: name }],
        ['/events', { event: 'a.b', category: name }],
      ] as const) {
        const { status, bytes, json } = await api.post(path, body);
        expect(status).toBe(422);
        expect(json.errors).toEqual([
          { path: Object.keys(body).at(-1), rule: expect.stringContaining('must be a label') },
        ]);
        if (name.length > 3) expect(bytes.toString()).not.toContain(name);
      }
      const { features, events } = readUsage(api.directory);
      expect([features.size, events.length]).toEqual([0, 0]);
    },
  );

  it.each(PLAIN_NAMES)('may be %s, which is counted as plain data', async (name) => {
    const api = await openLocalApi();
    expect((await api.post('/features', { feature: name, variant: name })).json.recorded).toBe(true);
    const body = `{"event":"${name}","payload":{"${name}":{"polluted":true},"n":1}}`;
    // The rule for names of events is stricter still: they leave.
    expect((await api.post('/events', body)).status).toBe(name === '__proto__' ? 422 : 200);
    const { json } = await api.call('/summary');
    expect(Object.keys(json.features)).toEqual([name.toLowerCase()]);
    await expectReadable(api);
  });

  it('are the same whatever their case and the white space around them', async () => {
    const api = await openLocalApi();
    await api.post('/features', { feature: ' Toolkit.Launch ', variant: 'Dark' });
    await api.post('/features', { feature: 'toolkit.launch', variant: 'dark' });
    await api.post('/features', { feature: 'toolkit.launch', variant: null });
    const { json } = await api.call('/summary');
    expect(json.features).toEqual({
      'toolkit.launch': { total: 3, last_ts: expect.any(String), variants: { dark: 2 } },
    });
  });
});

describe('a body', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const event = (payload: string) => `{"event":"a.b","payload":${payload}}`;
  const keys = (count: number) => `{${Array.from({ length: count }, (_, at) => `"k${at}":${at}`).join()}}`;

  it.each([
    ['a megabyte', event(`{"note":"${'x'.repeat(1_048_576)}"}`), 413],
    ['a million numbers', event(`{"list":[${'0,'.repeat(999_999)}0]}`), 413],
    ['100,000 keys', event(keys(100_000)), 413],
    ['1,000 levels', event(`{"list":${deep(1_000)}}`), 422],
    ['33 levels', event(`{"list":${deep(31)}}`), 422],
    ['no object', event('[1]'), 422],
    ['a text for an object', event('"x"'), 422],
    ['a member that nobody knows', '{"event":"a.b","extra":1}', 422],
    ['no name', '{"payload":{}}', 422],
    ['nothing', '', 422],
    ['NaN', event('{"x":NaN}'), 400],
    ['half of it', '{"event":', 400],
    ['something behind it', '{"event":"a.b"} {}', 400],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0x7d]), 400],
    ['UTF-16', Buffer.from(event('{}'), 'utf16le'), 400],
  ])('of %s is refused, and nothing is stored', async (_what, body, status) => {
    const api = await openLocalApi();
    const answer = await api.post('/events', body);
    expect(answer.status).toBe(status);
    expect(answer.json.feature_flag).toBe(true);
    expect(readUsage(api.directory).events).toEqual([]);
    expect((await api.call('/health')).status).toBe(200);
  });

  it('may have as many bytes as the option says, announced or not', async () => {
    const api = await openLocalApi({}, { maxBodyBytes: 1_000 });
    const sized = (bytes: number) => {
      const start = '{"event":"a.b","payload":{"n":"';
      return `${start}${'x'.repeat(bytes - start.length - 3)}"}}`;
    };
    expect((await api.post('/events', sized(1_000))).status).toBe(200);
    expect((await api.post('/events', sized(1_001))).status).toBe(413);
    const headers = { 'transfer-encoding': 'chunked' };
    const chunked = (bytes: number) => api.call('/events', { method: 'POST', body: sized(bytes), headers });
    expect((await chunked(1_000)).status).toBe(200);
    expect((await chunked(1_001)).status).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'is JSON and says so, and not %j: a form of a foreign page could be sent without asking',
    async (type) => {
      const api = await openLocalApi();
      const headers = { 'content-type': type };
      for (const [method, path] of [
        ['POST', '/opt_in'],
        ['POST', '/settings'],
        ['POST', '/features'],
        ['PATCH', '/flags'],
        ['DELETE', '/data'],
      ] as const) {
        const { status, json } = await api.call(path, { method, headers, body: '{"feature":"a.b"}' });
        expect([path, status, json.code]).toEqual([path, 415, 'REQUEST_UNSUPPORTED']);
      }
    },
  );

  it('is not unpacked', async () => {
    const api = await openLocalApi();
    const headers = { 'content-encoding': 'gzip' };
    expect((await api.call('/opt_in', { method: 'POST', body: '{}', headers })).status).toBe(415);
  });

  it.each([
    ['lone surrogates', String.raw`{"\ud83d":"\ude00"}`],
    ['NUL', String.raw`{"a\u0000b":"\u0000"}`],
    ['numbers beyond the safe ones', '{"n":123456789012345678901234567890,"m":1e999,"o":-0}'],
    ['a key twice', '{"a":1,"a":{"b":2}}'],
    ['keys of prototypes', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    ['300 emoji', `{"title":"${'🙂'.repeat(300)}"}`],
  ])('with %s never makes a later look fail', async (_what, payload) => {
    const api = await openLocalApi();
    for (const mark of ['', '\ufeff']) {
      const { status, json } = await api.post('/events', mark + event(payload));
      expect([status, json.recorded]).toEqual([200, true]);
    }
    await expectReadable(api);
  });

  it('can be anything at all without making the server fail, or a later look', async () => {
    const failures: unknown[] = [];
    const api = await openLocalApi(
      {},
      { onFailure: (error) => failures.push(error), maxRequestsPerSecond: 100_000 },
    );
    const body = fc.oneof(
      fc.json(),
      fc.jsonValue().map((payload) => ({ event: 'a.b', payload })),
      fc.string({ unit: 'binary' }),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/events', '/features', '/settings', '/opt_in'),
        body,
        async (path, sent) => {
          const { status, json } = await api.post(path, sent);
          expect([200, 400, 422]).toContain(status);
          expect(typeof json.feature_flag).toBe('boolean');
        },
      ),
      { numRuns: 150 },
    );
    expect(failures).toEqual([]);
    await expectReadable(api);
  });
});

describe('a payload', () => {
  it('is reduced before it is kept: no value that tells of somebody comes back, from anywhere', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { diagnostics: true });
    await api.post('/events', {
      event: 'modder.asset.saved',
      payload: {
        asset_id: 'character.hero',
        author: 'someone@example.com',
        userName: 'jovanka',
        user: { x: 'secret-v' },
        note: 'mail jovanka@example.com from 10.1.2.3',
        url: 'https://jovanka:hunter2@example.com/?q=1',
        'someone@example.com': 1,
        '/home/jovanka/x': 2,
        size: 3,
      },
    });
    const { json } = await api.call('/events');
    const [{ payload }] = json.events;
    expect(payload.asset_id).toMatch(/[0-9a-f]{32}$/);
    expect(payload.size).toBe(3);
    const answers = await Promise.all(
      ['/events', '/summary', '/preview', '/hooks', '/health', '/settings'].map((path) => api.call(path)),
    );
    const seen = answers.map(({ bytes }) => bytes.toString()).join();
    for (const told of ['character.hero', 'someone@', 'jovanka', 'secret-v', '10.1.2.3', 'hunter2'])
      expect(seen).not.toContain(told);
  });

  it('leaves nothing of what is refused on disk', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in');
    const answer = readFileSync(join(api.directory, 'telemetry_config.json'));
    await api.post('/events', { event: 'not a label canary-4711', payload: { a: 'canary-4711' } });
    expect(readUsage(api.directory).events).toEqual([]);
    expect(readFileSync(join(api.directory, 'telemetry_config.json'))).toEqual(answer);
  });
});
