import { Counter, Gauge, type Registry } from 'prom-client';
import type { LicenseKeeper } from './license-keeper.js';
import type { LicenseVerdict } from './license-verdict.js';

const OUTCOMES = ['valid', 'invalid', 'unanswered'] as const satisfies readonly LicenseVerdict['status'][];

/**
 * The figures of the licence, from now on in `registry`.
 *
 * @param peek - asked whenever somebody reads them
 * @returns what counts a question to the vendor
 */
export function createLicenseMetrics(
  registry: Registry,
  peek: LicenseKeeper['peek'],
): (outcome: (typeof OUTCOMES)[number]) => void {
  const checks = new Counter({
    name: 'sotto_license_checks_total',
    help: 'Questions to the vendor service about the licence, by what came of them.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  // A rate is only seen of what was there before it grew.
  for (const outcome of OUTCOMES) checks.inc({ outcome }, 0);
  new Gauge({
    name: 'sotto_license_valid',
    help: 'Whether the licence counts as valid: 1, or 0 when it is invalid or nothing is known of it.',
    registers: [registry],
    collect() {
      this.set(peek().state === 'valid' ? 1 : 0);
    },
  });
  return (outcome) => checks.inc({ outcome });
}
