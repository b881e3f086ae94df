import type { z } from 'zod';
import { DASHBOARD_PATH } from '../../wire/index.js';
import { askService, type Known, openAnswer, readKnown, type Service } from '../upstream/index.js';

/** Customers without end: some forty thousand. */
const MAX_ANSWER_BYTES = 8 * 1_048_576;

const questionOf = (token: string, path: string) => ({
  path: `${DASHBOARD_PATH}${path}`,
  authorization: `Bearer ${token}`,
});

/** Ask the vendor service for something, with the key of the session. Never throws. */
export function askVendor<Value>(
  service: Service,
  token: string,
  path: string,
  schema: z.ZodType<Value>,
): Promise<Known<Value>> {
  return readKnown(() => askService(service, questionOf(token, path), MAX_ANSWER_BYTES), schema);
}

/**
 * As {@link askVendor}, for a file that is handed on while it comes.
 *
 * @throws {TelemetryError} `UPSTREAM_UNAVAILABLE`
 */
export function openFile(
  service: Service,
  token: string,
  path: string,
  whileAsked: AbortSignal,
): Promise<Response> {
  return openAnswer(service, questionOf(token, path), whileAsked);
}
