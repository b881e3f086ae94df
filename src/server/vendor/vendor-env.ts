import type { License } from '../db/vendor/index.js';
import type { LicenseState } from '../db/vendor/license-state.js';

/** What a request of a collector is known by. */
export interface VendorEnv {
  Variables: {
    license: License;
    licenseState: LicenseState;
    isDuplicate: boolean;
  };
}
