import { isTelemetryError, TelemetryError } from '../../../internal/index.js';
import { CONFIG_PATH } from '../../wire/index.js';
import { askService, type ConfigService } from '../upstream/index.js';

/**
 * Ask the service for the change that a form of the page names.
 *
 * @returns the status of its answer: 200, or of a refusal or failure; 502 when there is none
 * @throws {TelemetryError} `REQUEST_UNPROCESSABLE` for what our form never says
 */
export async function saveChange(
  service: ConfigService,
  token: string,
  form: URLSearchParams,
): Promise<number> {
  const [wanted, ...more] = form.getAll('telemetry_enabled');
  if (more.length > 0 || (wanted !== 'true' && wanted !== 'false'))
    throw new TelemetryError('REQUEST_UNPROCESSABLE', 'telemetry_enabled must be true or false, once.');
  const etag = form.get('etag') ?? undefined;
  if (etag !== undefined && !/^"[\w.-]{1,64}"$/.test(etag))
    throw new TelemetryError('REQUEST_UNPROCESSABLE', 'etag must be the one that the page was made with.');
  try {
    const { status } = await askService(service, {
      path: `${CONFIG_PATH}/org-settings`,
      method: 'PUT',
      authorization: `Bearer ${token}`,
      contentType: 'application/json',
      ifMatch: etag,
      body: new TextEncoder().encode(JSON.stringify({ telemetry_enabled: wanted === 'true' })),
    });
    // Anything else is no answer to a change.
    return status === 200 || (status >= 400 && status < 600) ? status : 502;
  } catch (error) {
    if (isTelemetryError(error) && error.code === 'UPSTREAM_UNAVAILABLE') return 502;
    throw error;
  }
}
