import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Collector,
  createCollector,
  createVendorClient,
  type VendorClient,
  type VendorRequest,
} from '../../../../../src/server/collector/index.js';
import type { SendingEffects } from '../../../../../src/server/collector/sending/index.js';
import { createReportRepository } from '../../../../../src/server/db/reports/create-report-repository.js';
import type { LogFields } from '../../../../../src/server/observe/index.js';
import { type DatabaseKind, openTestDatabase, type TestDatabase } from '../../../../support/databases.js';
import { SETTINGS } from './settings.js';
import { LICENSE_KEY, startVendorDouble, type VendorDouble } from './vendor-double.js';

/** A line of a collector's log. */
export type Line = LogFields & { readonly event: string };

/** A clock that only its owner moves. Whoever sleeps by it moves it: time passes as fast as it can. */
export interface FakeClock extends SendingEffects {
  nowMs: number;
  /** Set the wall clock, as an operator does: the other one goes on. */
  set(text: string): void;
}

export interface StageOptions {
  readonly heartbeatIntervalSeconds?: number;
  readonly analyticsHourUtc?: number;
  readonly enabledByDefault?: boolean;
  readonly effects?: Partial<SendingEffects>;
  readonly database?: TestDatabase['database'];
  readonly timeoutMs?: number;
  /** Waited for when the connection to the vendor stands, before the question whether to send. */
  readonly beforeStart?: (request: VendorRequest) => unknown;
  /** Told when a request is handed over. */
  readonly onStart?: (request: VendorRequest) => void;
}

/** A collector before a vendor, over a database with some runs. */
export interface Stage extends AsyncDisposable {
  readonly vendor: VendorDouble;
  readonly test: TestDatabase;
  /** Of all collectors here, in the order in which they were written. */
  readonly lines: readonly Line[];
  create(options?: StageOptions): Collector;
  linesOf(event: string): readonly Line[];
}

/** Where the runs of the stage are: the day before `START_MS`. */
export const DATE = '2026-01-10';
export const START_MS = Date.parse('2026-01-11T12:00:00Z');

export async function setStage(kind: DatabaseKind = 'postgresql'): Promise<Stage> {
  const test = await openTestDatabase(kind);
  const vendor = await startVendorDouble();
  const lines: Line[] = [];
  const collectors: Collector[] = [];
  const write = (event: string, fields?: LogFields) => void lines.push({ event, ...fields });

  // A collector gives up a start whose last look at the answers took long. Here none does, however busy the machine is, so that
  // reports are counted as what a drill does to them leaves them; how long a look may take has tests of its own.
  const reports = createReportRepository(test.connection, { monotonic: () => 0, now: () => START_MS });
  const unhurried = { ...test.database, reports };

  await addRuns(test, 'acme', 12);
  return {
    vendor,
    test,
    lines,
    linesOf: (name) => lines.filter(({ event }) => event === name),
    create({
      effects,
      database = unhurried,
      timeoutMs = 5_000,
      beforeStart = () => {},
      onStart = () => {},
      ...settings
    } = {}) {
      const client = createVendorClient({
        url: vendor.url,
        licenseKey: LICENSE_KEY,
        timeoutMs,
        proxyFor: () => undefined,
      });
      const collector = createCollector({
        database,
        ledger: database.sends,
        settings: { ...SETTINGS, ...settings },
        client: observe(client, beforeStart, onStart),
        log: { info: write, warn: write, error: write },
        effects: { now: () => START_MS, ...effects },
      });
      collectors.push(collector);
      return collector;
    },
    async [Symbol.asyncDispose]() {
      for (const collector of collectors) await collector.stop();
      await vendor.close();
      await test.close();
    },
  };
}

/** A client whose starts are seen, and held up. */
function observe(
  client: VendorClient,
  beforeStart: (request: VendorRequest) => unknown,
  onStart: (request: VendorRequest) => void,
): VendorClient {
  return {
    post: (request) =>
      client.post({
        ...request,
        ...(request.start && {
          start: async (send: () => void) => {
            await beforeStart(request);
            const isStarted = request.start?.(() => {
              onStart(request);
              send();
            });
            return (await isStarted) ?? false;
          },
        }),
      }),
  };
}

/** Runs of an organisation over the day that is reported, and over the last hour before `START_MS`. */
export async function addRuns(test: TestDatabase, orgId: string, count: number): Promise<void> {
  await test.query(`
    INSERT INTO org_nodes (org_id, node_id, node_type) VALUES ('${orgId}', '${orgId}', 'org') ON CONFLICT DO NOTHING;
    INSERT INTO agent_runs (id, org_id, started_at, status, duration_seconds, trigger_source, agent_name)
    SELECT '${orgId}-' || day || '-' || n, '${orgId}', day + n * interval '1 minute', 'completed', 10, 'webhook', 'planner'
    FROM generate_series(1, ${count}) n, unnest(ARRAY['${DATE}T12:00:00Z'::timestamptz, '2026-01-11T11:00:00Z']) day`);
}

/** Looks without a pause: the `sleep` of a collector whose clock goes on by itself. */
export async function pauseShortly(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.min(durationMs, 50), undefined, { signal }).catch(() => {});
}

/** @param isOver - once it says so, sleeps end with their signal only */
export function createFakeClock(startMs: number, isOver: () => boolean): FakeClock {
  let monotonicMs = 0;
  const clock: FakeClock = {
    nowMs: startMs,
    now: () => clock.nowMs,
    monotonic: () => monotonicMs,
    random: () => 0.5,
    set(text) {
      clock.nowMs = Date.parse(text);
    },
    async sleep(durationMs, signal) {
      // Gives way, so that what else is to happen can.
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver() && !signal.aborted)
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      clock.nowMs += durationMs;
      monotonicMs += durationMs;
    },
  };
  return clock;
}
