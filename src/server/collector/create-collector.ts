import type { Hono } from 'hono';
import { Registry } from 'prom-client';
import type { ServiceSettings } from '../../settings/index.js';
import type { SendLedger } from '../db/collector/send-ledger.js';
import type { Database } from '../db/contract.js';
import type { Log, Service } from '../observe/index.js';
import { createCollectorApp } from './app.js';
import { createLicense, type LicenseKeeper } from './license/index.js';
import {
  type CorrectionResult,
  createSender,
  createSendingMetrics,
  type OnceResult,
  type PreviewedReport,
  previewReports,
  type SendingEffects,
  SYSTEM_EFFECTS,
} from './sending/index.js';
import type { VendorClient } from './vendor-client.js';

export interface CollectorOptions {
  /** Of the product: read only, but for the moment in which a report starts. */
  readonly database: Pick<Database, 'reports' | 'entitlements'>;
  /** What was sent; may be in another database. */
  readonly ledger: SendLedger;
  readonly settings: Pick<
    ServiceSettings,
    | 'enabledByDefault'
    | 'minGroup'
    | 'heartbeatIntervalSeconds'
    | 'analyticsHourUtc'
    | 'licenseCacheTtlSeconds'
    | 'licenseGraceSeconds'
    | 'internalApiToken'
  >;
  readonly client: VendorClient;
  readonly log: Log;
  /** Told of failures that are answered with status 500 or more; nothing is told of them without it. */
  readonly onFailure?: (error: unknown) => void;
  /** The system's own unless given. */
  readonly effects?: Partial<SendingEffects>;
}

/** The collector: counts the runs of the organisations that are on, and sends the sums to the vendor. */
export interface Collector extends Service {
  /** What it answers the product beside it. */
  readonly app: Hono;
  readonly license: LicenseKeeper;
  /** The next reports, byte for byte, and which of them are due; nothing is sent or written for it. */
  preview(): Promise<readonly PreviewedReport[]>;
  /** For jobs that run now and then, in place of `start`: the licence, one heartbeat, and the daily reports that are due. */
  runOnce(): Promise<OnceResult>;
  /** Send the report of a day once more, as its next revision. @throws {TelemetryError} `OPTION_INVALID` if it is no day, or not over */
  correct(dateUtc: string): Promise<CorrectionResult>;
}

export function createCollector({
  database,
  ledger,
  settings,
  client,
  log,
  onFailure,
  effects: given,
}: CollectorOptions): Collector {
  const effects: SendingEffects = { ...SYSTEM_EFFECTS, ...given };
  const metrics = new Registry();
  const end = new AbortController();
  const license = createLicense({
    client,
    ttlMs: settings.licenseCacheTtlSeconds * 1_000,
    graceMs: settings.licenseGraceSeconds * 1_000,
    now: effects.monotonic,
    log,
    registry: metrics,
    signal: end.signal,
  });
  const { enabledByDefault, minGroup, heartbeatIntervalSeconds, analyticsHourUtc } = settings;
  const parts = {
    reports: database.reports,
    ledger,
    license: license.keeper,
    rules: { enabledByDefault, minGroup },
  };
  const sender = createSender({
    ...parts,
    client,
    heartbeatIntervalSeconds,
    analyticsHourUtc,
    log,
    metrics: createSendingMetrics(metrics),
    effects,
  });
  return {
    app: createCollectorApp({
      license: license.keeper,
      entitlements: database.entitlements,
      internalApiToken: settings.internalApiToken,
      now: effects.now,
      ...(onFailure && { onFailure }),
    }),
    license: license.keeper,
    health: [license.health, sender.health],
    metrics,
    start: () => sender.start(),
    stop() {
      end.abort();
      return sender.stop();
    },
    preview: () => previewReports({ ...parts, analyticsHourUtc }, effects.now()),
    runOnce: () => sender.runOnce(),
    correct: (dateUtc) => sender.correct(dateUtc),
  };
}
