import type { z } from '@hono/zod-openapi';
import { clearData } from '../../store/index.js';
import type { LocalApiParts } from './parts.js';
import type { ClearedSchema } from './schemas.js';

/** What tells the other processes. */
const CONSENT_FILE = 'telemetry_config.json';

/**
 * Delete everything that is kept, once no bundle is being made. Nothing of it leaves any more, from no process; and from this
 * one nothing at all, where the others cannot be told.
 */
export function clearEverything({
  consent,
  refresh,
  inTurn,
}: LocalApiParts): Promise<z.infer<typeof ClearedSchema>> {
  return inTurn(() => {
    // Before the files: what waits in memory would otherwise be written again, and sent.
    const isForgotten = consent.forgetWaiting();
    if (!isForgotten) consent.store.fail();
    refresh();
    const { deletedFiles, failed } = clearData(consent.directory);
    return { deleted_files: deletedFiles, failed: isForgotten ? failed : [...failed, CONSENT_FILE] };
  });
}
