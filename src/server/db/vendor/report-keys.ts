import { sql } from 'drizzle-orm';
import { isTelemetryError, TelemetryError } from '../../../internal/index.js';
import type { ReportKind } from '../../wire/reports/index.js';
import { type Queries, rowsOf } from '../connection.js';
import { momentOf } from '../utc.js';
import type { AddReportResult } from './received-reports.js';

/** Which report a key is used for. */
export interface KeyUse {
  readonly idempotencyKey: string;
  readonly customerId: string;
  readonly kind: ReportKind;
  /** The time of a heartbeat, the beginning of a day: ISO 8601, UTC. */
  readonly about: string;
  readonly revision: number;
  /** Unix time in milliseconds. */
  readonly receivedAtMs: number;
}

/**
 * @param saysTheSame - whether what is kept of that customer, time and revision says what came now
 * @returns undefined for a key that was not used yet
 */
export async function findUse(
  queries: Queries,
  use: KeyUse,
  saysTheSame: () => Promise<boolean>,
): Promise<AddReportResult | undefined> {
  const [found] = await rowsOf<{ isOfThis: boolean }>(
    queries,
    sql`
      SELECT customer_id = ${use.customerId} AND kind = ${use.kind} AND about = ${use.about}::timestamptz
             AND revision = ${use.revision} AS "isOfThis"
      FROM sotto_vendor.report_keys WHERE idempotency_key = ${use.idempotencyKey}::uuid`,
  );
  if (found === undefined) return undefined;
  return found.isOfThis ? { status: 'duplicate', isSame: await saysTheSame() } : { status: 'key_used' };
}

/** Note what a key was used for. @throws what {@link isKeyTaken} knows, when it was used in the meantime */
export async function noteUse(queries: Queries, use: KeyUse): Promise<void> {
  const noted = await rowsOf(
    queries,
    sql`
      INSERT INTO sotto_vendor.report_keys (idempotency_key, customer_id, kind, about, revision, received_at)
      VALUES (${use.idempotencyKey}::uuid, ${use.customerId}, ${use.kind}, ${use.about}::timestamptz, ${use.revision},
              ${momentOf(use.receivedAtMs)})
      ON CONFLICT DO NOTHING RETURNING revision`,
  );
  if (noted.length === 0) throw new TelemetryError('REQUEST_UNPROCESSABLE', KEY_TAKEN);
}

export const isKeyTaken = (error: unknown): boolean => isTelemetryError(error) && error.message === KEY_TAKEN;

const KEY_TAKEN = 'The idempotency key was used for another report.';
