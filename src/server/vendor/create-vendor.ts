import type { Hono } from 'hono';
import { Counter, type Registry } from 'prom-client';
import type { Database } from '../db/contract.js';
import type { Retention } from '../db/vendor/index.js';
import type { Log, Service } from '../observe/index.js';
import { createUpkeep, type Pause, pauseFor, toService, type Worker } from '../work/index.js';
import { createVendorApp } from './app.js';
import type { VendorOptions } from './options.js';
import type { VendorEnv } from './vendor-env.js';

export interface VendorServiceOptions extends Omit<VendorOptions, 'database' | 'log' | 'countRequest'> {
  readonly database: VendorOptions['database'] & Pick<Database, 'reportUpkeep'>;
  readonly retention: Retention;
  readonly log: Log;
  /** The system's own unless given. */
  readonly pause?: Pause;
}

/** The vendor service: what it answers, and what keeps its tables in order. */
export interface Vendor extends Service {
  readonly app: Hono<VendorEnv>;
}

export function createVendor(options: VendorServiceOptions): Vendor {
  const { log } = options;
  const service = toService((metrics) => [createReportUpkeep(options, metrics)]);
  const requests = new Counter({
    name: 'sotto_vendor_requests_total',
    help: 'Requests of collectors by what became of them.',
    labelNames: ['route', 'outcome'],
    registers: [service.metrics],
  });
  return {
    ...service,
    app: createVendorApp({
      ...options,
      countRequest: (route, outcome) => requests.inc({ route, outcome }),
    }),
    start() {
      log.info('vendor_service_started');
      service.start();
    },
  };
}

function createReportUpkeep(options: VendorServiceOptions, metrics: Registry): Worker {
  const { database, retention, log, now = Date.now, pause = pauseFor } = options;
  return createUpkeep({
    subject: 'reports',
    async run(nowMs) {
      const result = await database.reportUpkeep.run({ ...retention, nowMs });
      await database.requestLimits.forgetOld(nowMs);
      return result;
    },
    log,
    metrics,
    pause,
    random: Math.random,
    nowMs: now,
  });
}
