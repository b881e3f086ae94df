import type { z } from 'zod';
import { askService, type ConfigService, type Known, readKnown } from '../upstream/index.js';

/** Ask the settings service for something, with the token of the session. Never throws. */
export function askSettings<Value>(
  service: ConfigService,
  token: string,
  path: string,
  schema: z.ZodType<Value>,
): Promise<Known<Value>> {
  return readKnown(() => askService(service, { path, authorization: `Bearer ${token}` }), schema);
}
