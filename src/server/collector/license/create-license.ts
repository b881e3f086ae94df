import type { Registry } from 'prom-client';
import type { HealthPart } from '../../observe/index.js';
import { createLicenseKeeper, type LicenseKeeperOptions } from './create-license-keeper.js';
import { createLicenseHealth } from './license-health.js';
import type { LicenseKeeper } from './license-keeper.js';
import { createLicenseMetrics } from './license-metrics.js';

/** The licence of a service, and how it shows. */
export interface LicensePart {
  readonly keeper: LicenseKeeper;
  readonly health: HealthPart;
}

/** @param registry - gets the figures `sotto_license_checks_total` and `sotto_license_valid` */
export function createLicense(
  options: Omit<LicenseKeeperOptions, 'onChecked'> & { readonly registry: Registry },
): LicensePart {
  const { registry, ...rest } = options;
  const countCheck = createLicenseMetrics(registry, () => keeper.peek());
  const keeper = createLicenseKeeper({ ...rest, onChecked: countCheck });
  return { keeper, health: createLicenseHealth(keeper) };
}
