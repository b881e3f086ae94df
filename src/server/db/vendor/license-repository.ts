import type { Entitlements } from '../../wire/index.js';

/** A licence as it may be shown: never the secret of its key, nor the hash of it. */
export interface License {
  /** `lic_` and 16 hexadecimal digits: the first part of its key. */
  readonly licenseId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly entitlements: Entitlements;
  readonly createdAt: string;
  /** null: never. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export interface NewLicense {
  readonly customerId: string;
  readonly customerName: string;
  readonly entitlements: Entitlements;
  /** Unix time in milliseconds; never unless given. */
  readonly expiresAtMs?: number | undefined;
}

/** Times are ISO 8601, UTC, in microseconds. */
export interface LicenseRepository {
  /** A customer may have several. @returns the licence, and the one time its key `<id>.<secret>` is told */
  create(license: NewLicense): Promise<{ readonly license: License; readonly text: string }>;
  /** @returns also one that was revoked or has expired; undefined for a key that is not known. Takes as long for every secret. */
  verify(text: string): Promise<License | undefined>;
  /** @returns false when there is none of this id, or it was revoked already */
  revoke(licenseId: string): Promise<boolean>;
  /** By customer and time of making; of all customers unless given. */
  list(customerId?: string): Promise<readonly License[]>;
  /** @returns undefined when there is none of this id */
  show(licenseId: string): Promise<License | undefined>;
}
