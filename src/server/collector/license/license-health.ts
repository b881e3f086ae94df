import type { HealthPart } from '../../observe/index.js';
import type { LicenseKeeper } from './license-keeper.js';

/** Says what is known, and asks no vendor: whoever watches a process may look at it every second. */
export function createLicenseHealth(keeper: Pick<LicenseKeeper, 'peek'>): HealthPart {
  return {
    name: 'license',
    async read() {
      const { state, expiresAt, isCached } = keeper.peek();
      const details = { state, expires_at: expiresAt, cached: isCached };
      return { status: state === 'valid' ? 'ok' : 'degraded', details };
    },
  };
}
