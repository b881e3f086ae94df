import type { Hono } from 'hono';
import type { License } from '../../db/vendor/index.js';
import type { LicenseState } from '../../db/vendor/license-state.js';
import { readWithin } from '../../http/index.js';
import { type LicenseAnswer, VENDOR_PATHS } from '../../wire/index.js';
import { describeLicense } from '../license-warnings.js';
import { MAX_BODY_BYTES } from '../limits.js';
import type { VendorEnv } from '../vendor-env.js';

/** The key says everything: the body is not looked at. */
export function addValidateLicense(app: Hono<VendorEnv>): void {
  app.post(VENDOR_PATHS.validateLicense, async (context) => {
    await readWithin(context.req.raw, MAX_BODY_BYTES);
    return context.json<LicenseAnswer>(toAnswer(context.get('license'), context.get('licenseState')));
  });
}

function toAnswer(license: License, state: LicenseState): LicenseAnswer {
  return {
    valid: state === 'active' || state === 'grace',
    customer_id: license.customerId,
    customer_name: license.customerName,
    entitlements: license.entitlements,
    expires_at: license.expiresAt,
    warnings: describeLicense(license, state),
  };
}
