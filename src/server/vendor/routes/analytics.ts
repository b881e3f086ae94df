import type { Hono } from 'hono';
import { TelemetryError } from '../../../internal/index.js';
import { VENDOR_PATHS } from '../../wire/index.js';
import { DailyReportSchema } from '../../wire/reports/index.js';
import type { VendorParts } from '../options.js';
import { answerReport } from '../receiving/answer-report.js';
import { assertCustomer } from '../receiving/assert-customer.js';
import { findDailyError } from '../receiving/consistency.js';
import { readReport } from '../receiving/read-report.js';
import { readIdempotencyKey, readRevision } from '../receiving/report-headers.js';
import { isTimelyDaily } from '../receiving/timeliness.js';
import type { VendorEnv } from '../vendor-env.js';

export function addAnalytics(app: Hono<VendorEnv>, parts: VendorParts): void {
  const { received } = parts.database;
  app.post(VENDOR_PATHS.analytics, async (context) => {
    const { headers } = context.req.raw;
    const [idempotencyKey, revision] = [readIdempotencyKey(headers), readRevision(headers)];
    const report = await readReport(context.req.raw, DailyReportSchema);
    assertCustomer(report, context.get('license'));
    const broken = findDailyError(report);
    if (broken !== undefined) throw new TelemetryError('REQUEST_UNPROCESSABLE', broken);

    const receivedAtMs = parts.now();
    const isTimely = isTimelyDaily(report.date, receivedAtMs);
    const result = await received.addDaily(report, { idempotencyKey, receivedAtMs, isTimely, revision });
    return answerReport(context, parts, {
      kind: 'daily',
      result,
      totalTeams: report.analytics.total_teams,
    });
  });
}
