import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { License } from '../../../../src/server/db/vendor/index.js';
import { ReceiptSchema, VENDOR_PATHS } from '../../../../src/server/wire/index.js';
import { AGENTS, ERROR_TYPES, TRIGGERS } from '../../../../src/server/wire/reports/index.js';
import { findCanaries } from '../../../support/canaries.js';
import { DATABASE_KINDS } from '../../../support/databases.js';
import { buildDaily, buildHeartbeat } from '../../../support/reports.js';
import { post, START_MS, useServedVendor } from './support.js';

const NOW = new Date(START_MS).toISOString();
const YESTERDAY = '2026-01-10';
const TABLES = ['heartbeats', 'heartbeat_days', 'daily_reports', 'report_keys'];

describe.each(DATABASE_KINDS)('a report, sent to a service over %s', (kind) => {
  const served = useServedVendor(kind);
  let key: string;
  let license: License;
  beforeEach(async () => {
    // Each test has a licence of its own, so that no limit of another one is in its way.
    ({ license, text: key } = await served.createLicense());
    served.nowMs = START_MS;
  });
  afterEach(() => served.query(`TRUNCATE ${TABLES.map((table) => `sotto_vendor.${table}`).join(', ')}`));

  const heartbeat = (body: unknown, headers?: Record<string, string>) =>
    post(served, VENDOR_PATHS.heartbeat, key, body, headers);
  const daily = (body: unknown, headers?: Record<string, string>) =>
    post(served, VENDOR_PATHS.analytics, key, body, headers);
  const revision = (number: number) => ({ 'sotto-report-revision': String(number) });

  async function countStored(): Promise<number> {
    const counts = TABLES.map((table) => `(SELECT count(*) FROM sotto_vendor.${table})`).join(' + ');
    const [row] = await served.query(`SELECT (${counts})::integer AS stored`);
    return Number(row?.stored);
  }

  it('is accepted once, and told in the words of the contract', async () => {
    for (const [send, body] of [
      [heartbeat, buildHeartbeat(NOW)],
      [daily, buildDaily(YESTERDAY)],
    ] as const) {
      const headers = { 'idempotency-key': randomUUID() };
      const answers = [await send(body, headers), await send(body, headers), await send(body)];
      expect(answers.map(({ body }) => ReceiptSchema.parse(body).status)).toEqual([
        'accepted',
        'duplicate',
        'duplicate',
      ]);
    }
    expect(await countStored()).toBe(5);
  });

  it('that says something else under the key of one that was accepted is told so', async () => {
    const differs = [expect.stringContaining('says something else')];
    for (const [send, first, second] of [
      [heartbeat, buildHeartbeat(NOW), buildHeartbeat(NOW, { total_teams: 4 })],
      [daily, buildDaily(YESTERDAY), buildDaily(YESTERDAY, { total_teams: 4 })],
    ] as const) {
      const headers = { 'idempotency-key': randomUUID() };
      await send(first, headers);
      expect((await send(first, headers)).body).toEqual({ status: 'duplicate', warnings: [] });
      expect((await send(second, headers)).body).toEqual({ status: 'duplicate', warnings: differs });
    }
  });

  it('of the first year and the last is of another time', async () => {
    for (const date of ['0001-01-01', '9999-12-31'])
      expect(await daily(buildDaily(date))).toMatchObject({ status: 409, body: { code: 'REPORT_STALE' } });
  });

  it('is accepted once, though twenty of a day come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => daily(buildDaily(YESTERDAY))));
    const statuses = answers.map(({ body }) => ReceiptSchema.parse(body).status);
    expect(statuses.filter((status) => status === 'accepted')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(19);
  });

  it('is corrected by the next revision, and by no other', async () => {
    const corrected = buildDaily(YESTERDAY, { successful_runs: 141 });
    const other = buildDaily(YESTERDAY, { successful_runs: 140 });
    expect(await daily(corrected, revision(2))).toMatchObject({
      status: 409,
      body: { code: 'REPORT_REVISION' },
    });
    expect(await daily(buildDaily(YESTERDAY))).toMatchObject({ body: { status: 'accepted' } });
    expect(await daily(other, revision(3))).toMatchObject({ status: 409, body: { code: 'REPORT_REVISION' } });
    expect(await daily(corrected, revision(2))).toMatchObject({ body: { status: 'accepted' } });
    expect(await daily(other, revision(1))).toMatchObject({ status: 409, body: { code: 'REPORT_REVISION' } });
    expect(await daily(buildDaily(YESTERDAY), revision(1))).toMatchObject({ body: { status: 'duplicate' } });
  });

  it('that comes again later is a duplicate, and one that is played back is refused', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    await heartbeat(buildHeartbeat(NOW), headers);
    served.nowMs = START_MS + 3_600_000;
    expect(await heartbeat(buildHeartbeat(NOW), headers)).toMatchObject({ body: { status: 'duplicate' } });
    expect(await heartbeat(buildHeartbeat(NOW))).toMatchObject({
      status: 409,
      body: { code: 'REPORT_STALE' },
    });
    expect(await heartbeat(buildHeartbeat('2026-01-11T13:06:00.000Z'))).toMatchObject({ status: 409 });
    expect(await daily(buildDaily('2026-01-11'))).toMatchObject({
      status: 409,
      body: { code: 'REPORT_STALE' },
    });
    expect(await daily(buildDaily('2025-12-11'))).toMatchObject({
      status: 409,
      body: { code: 'REPORT_STALE' },
    });
    expect(await daily(buildDaily('2025-12-12'))).toMatchObject({ status: 200 });
  });

  it.each([
    ['another customer', () => heartbeat(buildHeartbeat(NOW, {}, 'victim'))],
    ['the placeholder of a customer', () => daily(buildDaily(YESTERDAY, {}, '<customer-id>'))],
    ['sums that do not hold', () => daily(buildDaily(YESTERDAY, { total_runs: 149 }))],
    ['no key', () => heartbeat(buildHeartbeat(NOW), { 'idempotency-key': '' })],
    ['no revision', () => daily(buildDaily(YESTERDAY), revision(0))],
    ['a number as a text', () => heartbeat(buildHeartbeat(NOW, { runs_today: '42' as unknown as number }))],
    ['a fraction of a run', () => heartbeat(buildHeartbeat(NOW, { runs_today: 42.5 }))],
    ['fewer than no runs', () => heartbeat(buildHeartbeat(NOW, { runs_today: -1 }))],
    ['a member that is missing', () => heartbeat({ ...buildHeartbeat(NOW), metrics: {} })],
    ['a daily report for a heartbeat', () => heartbeat(buildDaily(YESTERDAY))],
    ['a list', () => heartbeat([buildHeartbeat(NOW)])],
    ['more runs than can be', () => heartbeat(buildHeartbeat(NOW, { runs_today: Number.MAX_SAFE_INTEGER }))],
    [
      'a duration like no other',
      () => heartbeat(buildHeartbeat(NOW, { avg_duration_seconds: 45.123456789 })),
    ],
    ['the year 0', () => daily(buildDaily('0000-01-01'))],
    ['a time in the year 0', () => heartbeat(buildHeartbeat('0000-01-01T00:00:00.000Z'))],
    ['a day that no calendar has', () => daily(buildDaily('2026-02-30'))],
    ['a time with an offset', () => heartbeat(buildHeartbeat('2026-01-11T13:00:00.000+01:00'))],
    [
      'a member twice',
      () => heartbeat(JSON.stringify(buildHeartbeat(NOW)).replace('{', '{"customer_id":"bob@example.org",')),
    ],
    [
      'a prototype',
      () => daily(JSON.stringify(buildDaily(YESTERDAY)).replace('"webhook"', '"__proto__":1,"webhook"')),
    ],
  ])('of %s is refused with 422, and stored nowhere', async (_, send) => {
    expect(await send()).toMatchObject({ status: 422, body: { code: 'REQUEST_UNPROCESSABLE' } });
    expect(await countStored()).toBe(0);
  });

  it.each([
    ['a form', () => heartbeat(buildHeartbeat(NOW), { 'content-type': 'text/plain' }), 415],
    ['gzip', () => heartbeat(buildHeartbeat(NOW), { 'content-encoding': 'gzip' }), 415],
    ['no JSON', () => heartbeat('{"customer_id":'), 400],
    ['more than 64 KB', () => daily(`${JSON.stringify(buildDaily(YESTERDAY))}${' '.repeat(65_536)}`), 413],
  ])('as %s is refused, and stored nowhere', async (_, send, status) => {
    expect(await send()).toMatchObject({ status });
    expect(await countStored()).toBe(0);
  });

  it('of exactly 64 KB is read', async () => {
    const text = JSON.stringify(buildDaily(YESTERDAY));
    expect(await daily(text + ' '.repeat(65_536 - text.length))).toMatchObject({ status: 200 });
  });

  it('names what it breaks by the catalogue, and never says what it held', async () => {
    const canary = 'bob.the.builder@example.org';
    const bodies = [
      { ...buildHeartbeat(NOW), [canary]: 1 },
      buildHeartbeat(NOW, { [canary]: 1 } as object),
      buildHeartbeat(NOW, { runs_today: canary as unknown as number }),
      buildHeartbeat(NOW, {}, canary),
      buildHeartbeat(canary),
    ];
    const details: unknown[] = [];
    for (const body of bodies) {
      const { body: problem } = await heartbeat(body);
      details.push((problem as { detail: unknown }).detail);
      expect(JSON.stringify(problem)).not.toContain('builder');
    }
    expect(details).toEqual([
      'The report holds a member that does not belong there.',
      'metrics holds a member that does not belong there.',
      'metrics.runs_today is not as the catalogue of reports says.',
      'customer_id is not as the catalogue of reports says.',
      'timestamp is not as the catalogue of reports says.',
    ]);
  });

  it('leaves nothing of the connection or the key in the database', async () => {
    const marks = {
      'user-agent': 'canary-agent-7f3a',
      'x-forwarded-for': '203.0.113.77',
      'x-canary': 'canary-header-91bc',
    };
    await heartbeat(buildHeartbeat(NOW), marks);
    await daily(buildDaily(YESTERDAY), marks);
    const all = [...TABLES, 'licenses', 'request_limits', 'heartbeats_other'];
    const dumps = await Promise.all(
      all.map((table) =>
        served.query(`SELECT json_agg(row_to_json(t))::text AS text FROM sotto_vendor.${table} t`),
      ),
    );
    const text = JSON.stringify(dumps);
    expect(text).toContain(license.licenseId);
    const secrets = { ...marks, key: key.split('.')[1] ?? '', address: '127.0.0.1' };
    expect(findCanaries(text, secrets)).toEqual([]);
  });
});

describe('a report with one more member, anywhere', () => {
  const served = useServedVendor('pglite', {
    // Without the limits of a licence: many are sent.
    now: () => START_MS,
  });
  let key: string;
  beforeAll(async () => {
    ({ text: key } = await served.createLicense());
    served.database.requestLimits.count = async () => undefined;
  });

  const KNOWN = new Set<string>([...TRIGGERS, ...AGENTS, ...ERROR_TYPES]);
  /** Names that no object of a report has. */
  const names = fc
    .oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'email', 'hostname', 'ip', 'customer', ''),
    )
    .filter((name) => !KNOWN.has(name) && !Object.hasOwn(FIELDS, name));

  it('is refused, and stored nowhere', async () => {
    const reports = [
      [VENDOR_PATHS.heartbeat, buildHeartbeat(NOW)],
      [VENDOR_PATHS.analytics, buildDaily(YESTERDAY)],
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...reports),
        names,
        fc.jsonValue(),
        fc.nat(),
        async ([path, report], name, value, place) => {
          const objects = objectsOf(report);
          const text = withMember(report, place % objects.length, name, value);
          const { status, body } = await post(served, path, key, text);
          expect({ status, body }).toMatchObject({ status: 422 });
          const [row] = await served.query(
            'SELECT (SELECT count(*) FROM sotto_vendor.heartbeats)::integer + (SELECT count(*) FROM sotto_vendor.daily_reports)::integer AS stored',
          );
          expect(row).toEqual({ stored: 0 });
        },
      ),
      { numRuns: 150 },
    );
    for (const [path, report] of reports)
      expect(await post(served, path, key, report)).toMatchObject({ status: 200 });
  });
});

/** The names of all members of both reports. */
const FIELDS = Object.fromEntries(
  [buildHeartbeat(NOW), buildDaily(YESTERDAY)].flatMap(objectsOf).flatMap((object) => Object.entries(object)),
);

function objectsOf(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsOf);
  return Array.isArray(value) ? inner : [value, ...inner];
}

/** The text of a report whose object at this place has one more member; a list counts as none. */
function withMember(report: object, place: number, name: string, value: unknown): string {
  const copy = structuredClone(report);
  const target = objectsOf(copy)[place] ?? copy;
  // As a parser makes it: also for a name that an assignment would treat otherwise.
  Object.defineProperty(target, name, { value, enumerable: true });
  return JSON.stringify(copy);
}
