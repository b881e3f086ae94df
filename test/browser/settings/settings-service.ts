import { Hono } from 'hono';
import type { Caller, OrgSettings, SettingsChange } from '../../../src/server/wire/index.js';
import type { NextReports, SentReports } from '../../../src/server/wire/reports/index.js';
import { buildDaily, buildHeartbeat } from '../../support/reports.js';

/** A settings service that keeps its answers in memory, and can be told to fail. */
export interface SettingsService {
  readonly app: Hono;
  /** What each token opens. */
  readonly tokens: Map<string, Caller>;
  settings: OrgSettings;
  version: number;
  next: NextReports;
  sent: SentReports;
  changes: SettingsChange[];
  /** Answers in place of the real ones, by method and path below `/api/v1/config/me`: `PUT /org-settings`. */
  readonly instead: Map<string, () => Response | Promise<Response>>;
  /** Bodies of every `PUT` that arrived, whatever became of it. */
  readonly puts: string[];
}

export const ADMIN = 'admin-token.secret';
export const READER = 'reader-token.secret';

const caller = (scope: Caller['scope']): Caller => ({
  org_id: 'extend',
  team_node_id: 'team_abc123',
  scope,
  telemetry_stopped: false,
});

export function createSettingsService(): SettingsService {
  const app = new Hono();
  const service: SettingsService = {
    app,
    tokens: new Map([
      [ADMIN, caller('admin')],
      [READER, caller('read')],
    ]),
    settings: {
      org_id: 'extend',
      telemetry_enabled: true,
      updated_at: '2026-01-11T19:05:21.133463Z',
      updated_by: 'team_abc123',
    },
    version: 1,
    next: NEXT,
    sent: SENT,
    changes: CHANGES,
    instead: new Map(),
    puts: [],
  };
  app.onError((error) => {
    throw error;
  });
  const etag = () => `"${service.version}"`;

  app.use(async ({ req }, next) => {
    const path = req.path.replace('/api/v1/config/me', '');
    if (req.method === 'PUT') service.puts.push(await req.text());
    const instead = service.instead.get(`${req.method} ${path}`) ?? service.instead.get('*');
    if (instead !== undefined) return instead();
    const token = /^Bearer (.+)$/.exec(req.header('authorization') ?? '')?.[1] ?? '';
    if (!service.tokens.has(token)) return problem(401, 'The token is not valid.');
    return next();
  });
  const callerOf = (authorization = '') => service.tokens.get(authorization.replace('Bearer ', ''));

  app.get('/api/v1/config/me', ({ json, req }) => json(callerOf(req.header('authorization'))));
  app.get('/api/v1/config/me/org-settings', ({ json }) => json(service.settings, 200, { etag: etag() }));
  app.put('/api/v1/config/me/org-settings', async ({ req, json }) => {
    const by = callerOf(req.header('authorization'));
    if (by?.scope !== 'admin') return problem(403, 'Your token may look and not change.');
    const match = req.header('if-match');
    if (match !== undefined && match !== etag()) return problem(412, 'The settings have changed.');
    const body: { telemetry_enabled: boolean } = await req.json();
    service.version += 1;
    service.settings = {
      ...service.settings,
      telemetry_enabled: body.telemetry_enabled,
      updated_at: '2026-01-12T08:00:00.000000Z',
      updated_by: by.team_node_id,
    };
    return json(service.settings, 200, { etag: etag() });
  });
  app.get('/api/v1/config/me/reports/next', ({ json }) => json(service.next));
  app.get('/api/v1/config/me/reports', ({ json }) => json(service.sent));
  app.get('/api/v1/config/me/org-settings/changes', ({ json }) => json({ changes: service.changes }));
  return service;
}

export const problem = (status: number, detail: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title: 'Refused', status, code: 'REFUSED', detail }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

const CHANGES: SettingsChange[] = [
  {
    changed_at: '2026-01-11T19:05:21.133463Z',
    changed_by: 'team_abc123',
    applies_to: 'org',
    old_value: false,
    new_value: true,
  },
  {
    changed_at: '2026-01-09T07:12:00.000000Z',
    changed_by: 'operator',
    applies_to: 'all',
    old_value: false,
    new_value: null,
  },
  {
    changed_at: '2026-01-08T22:41:10.120000Z',
    changed_by: 'operator',
    applies_to: 'all',
    old_value: null,
    new_value: false,
  },
  {
    changed_at: '2026-01-02T10:00:00.000000Z',
    changed_by: 'team_abc123',
    applies_to: 'org',
    old_value: null,
    new_value: false,
  },
];

const CUSTOMER_ID = '<customer-id>';
const HEARTBEAT = buildHeartbeat('2026-01-12T08:05:21.133Z', {}, CUSTOMER_ID);
const TOP_ERRORS = [
  { error_type: 'tool_error', count: 4 },
  { error_type: 'network', count: 2 },
] as const;
const DAILY = buildDaily('2026-01-11', { top_errors: TOP_ERRORS }, CUSTOMER_ID);

const NEXT: NextReports = {
  as_of: '2026-01-12T08:05:21.133Z',
  sends: true,
  reason: 'counted',
  reports: [
    {
      kind: 'heartbeat',
      period_start: '2026-01-12T00:00:00.000Z',
      period_end: '2026-01-12T08:05:21.133Z',
      payload: HEARTBEAT,
    },
    {
      kind: 'daily',
      period_start: '2026-01-11T00:00:00.000Z',
      period_end: '2026-01-12T00:00:00.000Z',
      payload: DAILY,
    },
  ],
};

const SENT: SentReports = {
  reports: [
    {
      kind: 'heartbeat',
      sent_at: '2026-01-12T08:00:21.204Z',
      period_start: '2026-01-12T08:00:21.000Z',
      payload: { ...HEARTBEAT, customer_id: 'extend' },
    },
    {
      kind: 'daily',
      sent_at: '2026-01-12T02:00:04.931Z',
      period_start: '2026-01-11T00:00:00.000Z',
      payload: {
        ...DAILY,
        customer_id: 'extend',
        analytics: { ...DAILY.analytics, top_errors: [...DAILY.analytics.top_errors] },
      },
    },
  ],
};
