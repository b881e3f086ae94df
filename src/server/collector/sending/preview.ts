import type { NotedDay, SendLedger } from '../../db/collector/send-ledger.js';
import type { CountingRules } from '../../db/reports/report-repository.js';
import { CUSTOMER_ID_PLACEHOLDER, lastCompleteDateUtc } from '../../wire/reports/index.js';
import type { LicenseKeeper } from '../license/license-keeper.js';
import { type Outgoing, type ReportSource, toDaily, toHeartbeat } from './outgoing.js';
import type { PreviewedReport } from './results.js';
import { findDueDays, findEarliestMs } from './schedule/days.js';
import { toHeaders } from './send-once.js';

/** Stands for a key that is not made yet. */
const KEY_PLACEHOLDER = '<idempotency-key>';

export interface PreviewParts {
  readonly reports: ReportSource;
  readonly ledger: Pick<SendLedger, 'readInstallation' | 'readDays' | 'sent'>;
  readonly license: Pick<LicenseKeeper, 'peek'>;
  readonly rules: CountingRules;
  /** 0 to 23. */
  readonly analyticsHourUtc: number;
}

/** A day as it stands: its report goes now or later, or has gone. */
type PlannedDay = Pick<PreviewedReport, 'when'> & Omit<NotedDay, 'state' | 'isCorrection'>;

/**
 * The heartbeat of this moment and the daily reports that are due, byte for byte as they would be sent, in their order. Where none is due,
 * that of the last complete day, or what became of it. Asks the vendor nothing, and writes nothing. What is not known yet has a
 * placeholder: the customer's id before a first report, the key of a new report.
 */
export async function previewReports(
  parts: PreviewParts,
  nowMs: number,
): Promise<readonly PreviewedReport[]> {
  const { reports, rules } = parts;
  const customerId = await findCustomerId(parts);
  const previewed = [
    await preview(toHeartbeat(reports, rules, nowMs), { key: KEY_PLACEHOLDER, customerId, when: 'now' }),
  ];
  for (const { dateUtc, revision, idempotencyKey: key, when } of await planDays(parts, nowMs))
    previewed.push(
      await preview(toDaily(reports, rules, { dateUtc, revision }), { key, customerId, when, dateUtc }),
    );
  return previewed;
}

async function planDays(
  { ledger, analyticsHourUtc }: PreviewParts,
  nowMs: number,
): Promise<readonly PlannedDay[]> {
  // As it will be after a first start.
  const installation = (await ledger.readInstallation()) ?? { firstStartedAtMs: nowMs, jitterSeed: '' };
  const schedule = { ...installation, analyticsHourUtc };
  const noted = await ledger.readDays(findEarliestMs(nowMs, schedule));
  const notedOf = (dateUtc: string) => noted.find((day) => day.dateUtc === dateUtc);
  const keyOf = (dateUtc: string) => notedOf(dateUtc)?.idempotencyKey ?? KEY_PLACEHOLDER;

  const due = findDueDays(nowMs, noted, schedule);
  if (due.length > 0)
    return due.map((day) => ({ ...day, idempotencyKey: keyOf(day.dateUtc), when: 'now' as const }));
  const dateUtc = lastCompleteDateUtc(nowMs);
  const { state = 'open', revision = 1 } = notedOf(dateUtc) ?? {};
  const when = state === 'accepted' || state === 'refused' || state === 'skipped' ? state : 'later';
  return [{ dateUtc, revision, idempotencyKey: keyOf(dateUtc), when }];
}

interface Known {
  readonly key: string;
  readonly customerId: string;
  readonly when: PreviewedReport['when'];
  readonly dateUtc?: string;
}

async function preview(
  { report, path, build }: Outgoing,
  { key, customerId, when, dateUtc }: Known,
): Promise<PreviewedReport> {
  const isOpen = when === 'now' || when === 'later';
  const payload = isOpen ? (await build()).payload : undefined;
  return {
    kind: report.kind,
    dateUtc,
    when,
    path,
    headers: toHeaders(key, report.revision),
    body: payload && JSON.stringify({ ...payload, customer_id: customerId }),
  };
}

/** As the licence says, or as the last report did. */
async function findCustomerId({ license, ledger }: PreviewParts): Promise<string> {
  const { customerId } = license.peek();
  if (customerId !== undefined) return customerId;
  const [last] = await ledger.sent(1);
  const named = last?.payload.customer_id;
  return typeof named === 'string' ? named : CUSTOMER_ID_PLACEHOLDER;
}
