export { createEntitlementRepository } from './create-entitlement-repository.js';
export type { EntitlementRepository } from './entitlement-repository.js';
