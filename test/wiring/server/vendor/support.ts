import { randomUUID } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll } from 'vitest';
import type { License, NewLicense } from '../../../../src/server/db/vendor/index.js';
import { listenOn } from '../../../../src/server/http/index.js';
import { createVendorApp, type VendorOptions } from '../../../../src/server/vendor/index.js';
import { type DatabaseKind, openTestDatabase, type TestDatabase } from '../../../support/databases.js';

export const READ_KEY = 'a-key-for-reading-reports';
/** The service's clock, until a test sets it. */
export const START_MS = Date.UTC(2026, 0, 11, 12);

/** A vendor service on a socket, with a database of its own and a clock that a test sets. */
export interface Served extends Pick<TestDatabase, 'database' | 'query'> {
  readonly url: string;
  nowMs: number;
  /** What was counted and logged. */
  readonly told: unknown[];
  createLicense(license?: Partial<NewLicense>): Promise<{ readonly license: License; readonly text: string }>;
}

export function useServedVendor(kind: DatabaseKind, options: Partial<VendorOptions> = {}): Served {
  let test: TestDatabase;
  let listening: Awaited<ReturnType<typeof listenOn>>;
  const served: Served = {
    nowMs: START_MS,
    told: [],
    get url() {
      return listening.url;
    },
    get database() {
      return test.database;
    },
    query: (text) => test.query(text),
    createLicense: (license = {}) =>
      test.database.licenses.create({
        customerId: 'extend',
        customerName: 'Extend',
        entitlements: { max_teams: -1, max_runs_per_month: -1, features: ['sso'] },
        ...license,
      }),
  };
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    const app = createVendorApp({
      database: test.database,
      readKey: READ_KEY,
      log: { info: (event, fields) => void served.told.push({ event, ...fields }) },
      countRequest: (route, outcome) => void served.told.push([route, outcome]),
      now: () => served.nowMs,
      ...options,
    });
    const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    listening = await listenOn(listener, 0);
  }, 60_000);
  afterAll(async () => {
    await listening.stop();
    await test.close();
  });
  return served;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** As a collector sends it, with a new key unless one is given. A text is sent as it is, anything else as JSON. */
export async function post(
  { url }: Pick<Served, 'url'>,
  path: string,
  key: string | undefined,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return toAnswered(response);
}

export async function get({ url }: Pick<Served, 'url'>, path: string, key = READ_KEY): Promise<Answered> {
  return toAnswered(await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } }));
}

async function toAnswered(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  };
}
