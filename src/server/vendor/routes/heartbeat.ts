import type { Hono } from 'hono';
import { TelemetryError } from '../../../internal/index.js';
import { VENDOR_PATHS } from '../../wire/index.js';
import { HeartbeatSchema } from '../../wire/reports/index.js';
import type { VendorParts } from '../options.js';
import { answerReport } from '../receiving/answer-report.js';
import { assertCustomer } from '../receiving/assert-customer.js';
import { findHeartbeatError } from '../receiving/consistency.js';
import { readReport } from '../receiving/read-report.js';
import { readIdempotencyKey } from '../receiving/report-headers.js';
import { isTimelyHeartbeat } from '../receiving/timeliness.js';
import type { VendorEnv } from '../vendor-env.js';

export function addHeartbeat(app: Hono<VendorEnv>, parts: VendorParts): void {
  const { received } = parts.database;
  app.post(VENDOR_PATHS.heartbeat, async (context) => {
    const idempotencyKey = readIdempotencyKey(context.req.raw.headers);
    const report = await readReport(context.req.raw, HeartbeatSchema);
    assertCustomer(report, context.get('license'));
    const broken = findHeartbeatError(report);
    if (broken !== undefined) throw new TelemetryError('REQUEST_UNPROCESSABLE', broken);

    const receivedAtMs = parts.now();
    const isTimely = isTimelyHeartbeat(report.timestamp, receivedAtMs);
    const result = await received.addHeartbeat(report, { idempotencyKey, receivedAtMs, isTimely });
    return answerReport(context, parts, {
      kind: 'heartbeat',
      result,
      totalTeams: report.metrics.total_teams,
    });
  });
}
