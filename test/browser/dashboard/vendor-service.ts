import { Hono } from 'hono';
import { CSV_COLUMNS, type Customers, type Overview } from '../../../src/server/wire/index.js';

/** The part of a vendor service that is read, which keeps its answers in memory and can be told to fail. */
export interface VendorService {
  readonly app: Hono;
  /** What opens it; undefined once it is not valid any more. */
  key: string | undefined;
  customers: Customers['customers'][number][];
  /** Changes each overview before it is told. */
  change: (overview: Overview) => object;
  /** Answers in place of the real ones, by path below `/api/v1/vendor`: `/overview`, or `*` for all. */
  readonly instead: Map<string, () => Response | Promise<Response>>;
  /** Paths and queries of every request, below `/api/v1/vendor`. */
  readonly asked: string[];
}

export const KEY = 'a-key-for-reading.0123456789';
/** Of which the last complete day is 2026-01-31. */
export const NOW_MS = Date.parse('2026-02-01T08:30:00Z');
/** Days of which nobody has sent a report. */
export const GAPS = ['2026-01-10', '2026-01-11', '2026-01-20'];

export function createVendorService(): VendorService {
  const app = new Hono();
  const service: VendorService = {
    app,
    key: KEY,
    customers: [...CUSTOMERS],
    change: (overview) => overview,
    instead: new Map(),
    asked: [],
  };
  app.onError((error) => {
    throw error;
  });
  app.use('/api/v1/vendor/*', async ({ req }, next) => {
    const path = req.path.replace('/api/v1/vendor', '');
    service.asked.push(`${path}${new URL(req.url).search}`);
    const instead = service.instead.get(path) ?? service.instead.get('*');
    if (instead !== undefined) return instead();
    if (service.key === undefined || req.header('authorization') !== `Bearer ${service.key}`)
      return Response.json({ code: 'REQUEST_UNAUTHORIZED' }, { status: 401 });
    return next();
  });
  app.get('/api/v1/vendor/customers', ({ json }) => json({ customers: service.customers }));
  app.get('/api/v1/vendor/overview', ({ req, json }) => {
    const { from = '', to = '', customer } = req.query();
    return json(service.change(toOverview(from, to, customer ?? null)));
  });
  app.get('/api/v1/vendor/daily.csv', ({ body }) =>
    body(`${CSV_COLUMNS.join(',')}\r\n2026-01-31,acme,1,150,142,6,2,42.5,35,85.2,120.5,8.3,5,3\r\n`, 200, {
      'content-type': 'text/csv; charset=utf-8',
    }),
  );
  return service;
}

const CUSTOMERS: Customers['customers'] = [
  {
    customer_id: 'acme',
    customer_name: 'Acme Ltd',
    license: 'active',
    expires_at: '2027-01-31T00:00:00.000Z',
    last_heartbeat_at: '2026-02-01T08:27:12.133Z',
    runs_today: 1_042,
    last_daily_date: '2026-01-31',
  },
  {
    customer_id: 'globex',
    customer_name: 'Globex',
    license: 'expired',
    expires_at: '2026-01-15T00:00:00.000Z',
    last_heartbeat_at: '2026-01-22T10:00:00.000Z',
    runs_today: 17,
    last_daily_date: '2026-01-21',
  },
  {
    customer_id: 'initech',
    customer_name: 'Initech',
    license: 'revoked',
    expires_at: null,
    last_heartbeat_at: null,
    runs_today: null,
    last_daily_date: null,
  },
];

function toOverview(from: string, to: string, customerId: string | null): Overview {
  const dates: string[] = [];
  for (let timeMs = Date.parse(from); timeMs <= Date.parse(to); timeMs += 86_400_000)
    dates.push(new Date(timeMs).toISOString().slice(0, 10));
  return {
    from,
    to,
    customer_id: customerId,
    days: dates.map((date, index) => toDay(date, index, customerId === null ? 2 : 1)),
    runs_by_trigger: [
      { label: 'webhook', count: 2_180 },
      { label: 'slack', count: 1_307 },
      { label: 'scheduled', count: 402 },
      { label: 'other', count: 31 },
    ],
    runs_by_agent: [
      { label: 'planner', count: 2_490 },
      { label: 'investigation', count: 1_102 },
      { label: 'k8s', count: 328 },
    ],
    top_errors: [
      { label: 'tool_error', count: 88 },
      { label: 'network', count: 41 },
      { label: 'rate_limited', count: 12 },
    ],
  };
}

function toDay(date: string, index: number, customers: number): Overview['days'][number] {
  const none = { p50_duration_seconds: null, p95_duration_seconds: null, p99_duration_seconds: null };
  if (GAPS.includes(date))
    return {
      date,
      customers: 0,
      heartbeats: 0,
      total_runs: 0,
      successful_runs: 0,
      failed_runs: 0,
      timeout_runs: 0,
      ...none,
    };
  const successful = 70 * customers + ((index * 37) % 60);
  const [failed, timeout, open] = [3 + ((index * 5) % 9), index % 4, index % 3];
  return {
    date,
    customers: date > '2026-01-21' ? 1 : customers,
    heartbeats: 288 * customers,
    total_runs: successful + failed + timeout + open,
    successful_runs: successful,
    failed_runs: failed,
    timeout_runs: timeout,
    p50_duration_seconds: 30 + ((index * 3) % 8),
    p95_duration_seconds: 80.2 + ((index * 7) % 20),
    p99_duration_seconds: 115.5 + ((index * 11) % 40),
  };
}
