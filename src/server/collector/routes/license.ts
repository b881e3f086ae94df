import type { Hono } from 'hono';
import type { Entitlements } from '../../wire/index.js';
import type { CollectorAppParts } from '../app.js';
import type { License, LicenseState } from '../license/index.js';
import { readSoon } from './read-soon.js';
import { createRefresh } from './refresh.js';

/** What the routes tell of the licence. Null is what is not known. */
export interface LicenseTold {
  readonly valid: boolean;
  readonly state: LicenseState;
  readonly customer_name: string | null;
  readonly entitlements: Entitlements | null;
  /** ISO 8601, UTC; null also for a licence that never expires. */
  readonly expires_at: string | null;
  readonly warnings: readonly string[];
  readonly cached: boolean;
}

export function addLicense(app: Hono, { license, now, vendorWaitMs }: CollectorAppParts): void {
  const refresh = createRefresh(license, now);

  app.get('/license', async (context) =>
    context.json<LicenseTold>(toLicenseTold(await readSoon(license, vendorWaitMs))),
  );

  app.post('/license/refresh', async (context) => {
    const { hasAnswered, license } = await refresh();
    const error = hasAnswered ? null : 'The vendor service has not answered.';
    return context.json({ ok: hasAnswered, license: toLicenseTold(license), error });
  });
}

function toLicenseTold(license: License): LicenseTold {
  const { state, customerName, entitlements, expiresAt, warnings, isCached } = license;
  return {
    valid: state === 'valid',
    state,
    customer_name: customerName ?? null,
    entitlements: entitlements ?? null,
    expires_at: expiresAt,
    warnings,
    cached: isCached,
  };
}
