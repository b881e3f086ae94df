import { Hono } from 'hono';
import { refuseForError, refuseOtherMethods, refuseUnknownPath, setPrivateHeaders } from '../http/index.js';
import { VENDOR_PATHS } from '../wire/index.js';
import { countRequests, type VendorRoute } from './count-requests.js';
import type { VendorOptions, VendorParts } from './options.js';
import { createLicenseGuard, requireActive } from './require-license.js';
import { addAnalytics } from './routes/analytics.js';
import { addHeartbeat } from './routes/heartbeat.js';
import { addReadings } from './routes/readings.js';
import { addValidateLicense } from './routes/validate-license.js';
import type { VendorEnv } from './vendor-env.js';

const ROUTES: readonly (readonly [path: string, route: VendorRoute])[] = [
  [VENDOR_PATHS.validateLicense, 'validate'],
  [VENDOR_PATHS.heartbeat, 'heartbeat'],
  [VENDOR_PATHS.analytics, 'analytics'],
];

/**
 * The vendor service. To mount at the root of a server, or to serve.
 *
 * - `POST /validate-license`: what the vendor says of the licence, also of one that does not count any more
 * - `POST /telemetry/heartbeat` and `/telemetry/analytics`: takes a report in, once. Exactly the catalogue's members are taken; the headers
 *   `idempotency-key` and `sotto-report-revision` say which report it is
 * - `GET /api/v1/vendor/customers`, `/overview` and `/daily.csv`: what came. They need the key for reading, and are not there without one
 *
 * The first three need `Authorization: Bearer <licence key>`. What is refused is answered with a `Problem`, and so is every failure. Nothing about
 * the connection of a caller is stored or logged.
 */
export function createVendorApp(options: VendorOptions): Hono<VendorEnv> {
  const parts: VendorParts = {
    onFailure: () => {},
    log: { info: () => {} },
    countRequest: () => {},
    now: Date.now,
    ...options,
  };
  const app = new Hono<VendorEnv>();
  app.onError((error) => refuseForError(error, parts.onFailure));
  app.notFound(refuseUnknownPath);
  app.use(setPrivateHeaders);
  app.use(refuseOtherMethods(app));
  const guard = createLicenseGuard(parts);
  for (const [path, route] of ROUTES) app.post(path, countRequests(parts.countRequest, route), guard(route));
  for (const path of [VENDOR_PATHS.heartbeat, VENDOR_PATHS.analytics]) app.post(path, requireActive);
  addValidateLicense(app);
  addHeartbeat(app, parts);
  addAnalytics(app, parts);
  addReadings(app, parts);
  return app;
}
