import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type LocalApi, openLocalApi } from './support.js';

const PATHS = [
  ...['/health', '/settings', '/opt_in', '/summary', '/features', '/events', '/hooks', '/crashes'],
  ...[
    '/diagnostics',
    '/preview',
    '/flags',
    '/data',
    '/openapi.json',
    '/nothing',
    '/events/',
    '//events',
    '/..%2fevents',
  ],
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

async function openFast(failures: unknown[]): Promise<LocalApi> {
  return openLocalApi({}, { maxRequestsPerSecond: 100_000, onFailure: (error) => void failures.push(error) });
}

function expectOrderly({ status, headers, json }: Answer): void {
  expect(status).toBeLessThan(500);
  expect(headers['content-type']).toMatch(/^application\/(?:problem\+)?json/);
  expect(typeof json.feature_flag).toBe('boolean');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
}

async function expectReadable(api: LocalApi): Promise<void> {
  for (const path of ['/summary', '/events?limit=200', '/hooks', '/crashes', '/preview', '/health']) {
    const answer = await api.call(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expectOrderly(answer);
  }
}

const prototypes = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'polluted',
  'toJSON',
  'then',
);
const characters = fc.constantFrom(
  ...[
    '🙂',
    '\u0000',
    '\ud83d',
    '\ude00',
    '\u2028',
    '\ufeff',
    '\u202e',
    'İ',
    'ß',
    '%00',
    '../',
    '\\',
    '"',
    '\n',
    ' ',
  ],
);
const name = fc.oneof(
  prototypes,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(fc.oneof(characters, fc.string({ maxLength: 4 })), { maxLength: 20 })
    .map((parts) => parts.join('')),
  fc.integer({ min: 60, max: 12_000 }).map((length) => 'x'.repeat(length)),
  fc.stringMatching(/^[a-z]{1,12}(?:[._:-][a-z0-9]{1,12}){0,3}$/),
);
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('1e999', '-0', '9'.repeat(400), '0.1e-400').map((digits) => ({ digits })),
);
const payload = fc.letrec<{ node: unknown; object: object }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    scalar,
    fc.array(tie('node'), { maxLength: 6 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(fc.oneof(prototypes, name), tie('node')), { maxLength: 8 })
    .map((entries) => Object.fromEntries(entries.map(([key, value]) => [`${key}`, value]))),
})).object;

/** As text, in which numbers stand that no program would write, and a key may be one of prototypes. */
const toText = (value: unknown) => JSON.stringify(value).replace(/\{"digits":"([^"]+)"\}/g, '$1');

describe('whatever anybody sends', () => {
  it('as names and payloads, the answers stay in order, and so does what can be looked at', async () => {
    const failures: unknown[] = [];
    const api = await openFast(failures);
    let recorded = 0;
    await fc.assert(
      fc.asyncProperty(name, name, payload, async (first, second, sent) => {
        const answers = [
          await api.post('/features', { feature: first, variant: second }),
          await api.post('/events', `{"event":${toText(first)},"category":${toText(second)}}`),
          await api.post('/events', `{"event":"a.b","payload":${toText(sent)}}`),
        ];
        for (const answer of answers) {
          expectOrderly(answer);
          expect([200, 400, 413, 422]).toContain(answer.status);
          if (answer.json.recorded) recorded += 1;
        }
        expectOrderly(await api.call('/summary'));
      }),
      { numRuns: 60 },
    );
    expect(recorded).toBeGreaterThan(30);
    await expectReadable(api);
    expect(failures).toEqual([]);
  }, 20_000);

  it('as a preview, it stays in order', async () => {
    const failures: unknown[] = [];
    const api = await openFast(failures);
    await fc.assert(
      fc.asyncProperty(name, payload, async (event, sent) => {
        const query = new URLSearchParams({ event, payload: toText(sent) });
        const path = `/preview?${query}`;
        // The headers of a request have a limit of their own, which Node holds.
        if (path.length < 12_000) expectOrderly(await api.call(path));
      }),
      { numRuns: 60 },
    );
    expect((await api.call('/events')).json.events).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('at whatever path and with whatever method and header, every answer that is JSON has the flag', async () => {
    const failures: unknown[] = [];
    const api = await openFast(failures);
    const header = fc.constantFrom<Record<string, string>>(
      ...[{}, { authorization: '' }, { authorization: 'Bearer x' }, { host: 'evil.example' }, { host: '' }],
      ...[{ origin: 'https://evil.example' }, { 'content-type': 'text/plain' }, { 'content-encoding': 'br' }],
      ...[
        { expect: 'nothing' },
        { 'content-type': 'application/json; charset=utf-16' },
        { accept: 'text/html' },
      ],
    );
    const body = fc.constantFrom(
      undefined,
      '',
      '{}',
      '[]',
      'null',
      '{',
      '{"purge":1}',
      '"\\ud83d"',
      '\u0000',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...METHODS),
        fc.constantFrom(...PATHS),
        header,
        body,
        async (method, path, headers, sent) => {
          const answer = await api.call(path, { method, headers, body: sent });
          // Node refuses before the API hears of it.
          if (headers.expect !== undefined && answer.status === 417) return;
          if (headers.host === '' && answer.status === 400) return;
          expectOrderly(answer);
        },
      ),
      { numRuns: 300 },
    );
    await expectReadable(api);
    expect(failures).toEqual([]);
  }, 20_000);

  it('too often, says when to come back', async () => {
    const api = await openLocalApi({}, { maxRequestsPerSecond: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => api.call('/health')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expectOrderly(answer);
      expect(answer.json.code).toBe('REQUEST_RATE_LIMITED');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    }
  });
});
