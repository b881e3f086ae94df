import { z } from 'zod';
import { CUSTOMER_ID, EntitlementsSchema, holdsUnseen } from '../../wire/index.js';
import { ExpiresAtMs, nameOf } from './names.js';

const CustomerId = z.string().regex(CUSTOMER_ID, {
  error:
    'The id of a customer must have 1 to 64 letters, digits, hyphens or underscores, and begin with a letter or a digit: reports carry it.',
});
const CustomerName = nameOf('The name of a customer', 128).refine((text) => !holdsUnseen(text), {
  error: 'The name of a customer must not hold characters that turn or hide text without being seen.',
});

/** What the vendor can ask for: about the licences of customers. */
export const LICENSE_COMMANDS = [
  z.strictObject({
    command: z.literal('create_license'),
    customerId: CustomerId,
    customerName: CustomerName,
    expiresAtMs: ExpiresAtMs,
    entitlements: EntitlementsSchema,
  }),
  z.strictObject({ command: z.literal('revoke_license'), licenseId: z.string().max(128) }),
  z.strictObject({ command: z.literal('list_licenses'), customerId: CustomerId.nullable() }),
  z.strictObject({ command: z.literal('show_license'), licenseId: z.string().max(128) }),
] as const;

const License = z.strictObject({
  licenseId: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  entitlements: EntitlementsSchema,
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});

/** What the vendor is told, by what was asked for. */
export const LICENSE_RESULTS = {
  /** `text` is the key. */
  create_license: z.strictObject({ license: License, text: z.string() }),
  /** False: there is none of this id, or it was revoked already. */
  revoke_license: z.strictObject({ changed: z.boolean() }),
  list_licenses: z.strictObject({ licenses: z.array(License).readonly() }),
  show_license: z.strictObject({ license: License }),
};
