export {
  checkEntitlement,
  type EntitlementAnswer,
  type EntitlementQuestion,
  EntitlementQuestionSchema,
} from './check-entitlement.js';
export { createLicense, type LicensePart } from './create-license.js';
export { createLicenseKeeper, type LicenseKeeperOptions } from './create-license-keeper.js';
export { keepPastDays } from './keep-past-days.js';
export type { License, LicenseKeeper, LicenseState } from './license-keeper.js';
