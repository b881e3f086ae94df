import { TelemetryError } from '../../../internal/index.js';
import type { Performers } from './performers.js';

export const performLicenses = {
  create_license: ({ database }, { customerId, customerName, expiresAtMs, entitlements }) =>
    database.licenses.create({
      customerId,
      customerName,
      entitlements,
      expiresAtMs: expiresAtMs ?? undefined,
    }),

  revoke_license: async ({ database }, { licenseId }) => ({
    changed: await database.licenses.revoke(licenseId),
  }),

  list_licenses: async ({ database }, { customerId }) => ({
    licenses: await database.licenses.list(customerId ?? undefined),
  }),

  async show_license({ database }, { licenseId }) {
    const license = await database.licenses.show(licenseId);
    if (license) return { license };
    throw new TelemetryError(
      'LICENSE_NOT_FOUND',
      'There is no licence of this id. `sotto license list` shows them all.',
    );
  },
} satisfies Partial<Performers>;
