import { z } from 'zod';
import { TelemetryError } from '../../../internal/index.js';
import { REPORT_HEADERS } from '../../wire/index.js';

const KeySchema = z.guid();
const MAX_REVISION = 1_000;

/** @throws {TelemetryError} `REQUEST_UNPROCESSABLE` */
export function readIdempotencyKey(headers: Headers): string {
  const key = KeySchema.safeParse(headers.get(REPORT_HEADERS.idempotencyKey));
  if (key.success) return key.data.toLowerCase();
  throw unfit(`The header ${REPORT_HEADERS.idempotencyKey} must be a UUID.`);
}

/** 1 unless it says otherwise. @throws {TelemetryError} `REQUEST_UNPROCESSABLE` */
export function readRevision(headers: Headers): number {
  const text = headers.get(REPORT_HEADERS.revision) ?? '1';
  const revision = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : Number.NaN;
  if (revision <= MAX_REVISION) return revision;
  throw unfit(`The header ${REPORT_HEADERS.revision} must be a whole number from 1 to ${MAX_REVISION}.`);
}

const unfit = (message: string) => new TelemetryError('REQUEST_UNPROCESSABLE', message);
