import { sql } from 'drizzle-orm';
import { type Connection, type Queries, rowsOf } from '../connection.js';
import {
  createTokenText,
  hashSecret,
  matchesSecret,
  parseTokenText,
  type SecretHash,
} from '../token-text.js';
import { momentOf, utc } from '../utc.js';
import type { License, LicenseRepository, NewLicense } from './license-repository.js';

export function createLicenseRepository({ run }: Connection): LicenseRepository {
  return {
    create: (license) => run((queries) => createLicense(queries, license)),
    verify: (text) => run((queries) => verifyLicense(queries, text)),
    revoke: (licenseId) => run((queries) => revokeLicense(queries, licenseId)),
    list: (customerId) => run((queries) => listLicenses(queries, customerId)),
    show: (licenseId) => run((queries) => showLicense(queries, licenseId)),
  };
}

const LICENSES = sql`sotto_vendor.licenses`;

/** What may be shown of a licence. */
const SHOWN = sql`
  license_id AS "licenseId", customer_id AS "customerId", customer_name AS "customerName",
  json_build_object('max_teams', max_teams, 'max_runs_per_month', max_runs_per_month, 'features', features) AS entitlements,
  ${utc(sql`created_at`)} AS "createdAt", ${utc(sql`expires_at`)} AS "expiresAt", ${utc(sql`revoked_at`)} AS "revokedAt"`;

async function createLicense(queries: Queries, license: NewLicense) {
  const { customerId, customerName, entitlements, expiresAtMs } = license;
  const { tokenId, secret } = createTokenText('lic');
  const { salt, secretHash } = hashSecret(secret);
  const expiresAt = expiresAtMs === undefined ? null : momentOf(expiresAtMs);
  const [made] = await rowsOf<License>(
    queries,
    sql`
      INSERT INTO ${LICENSES} (license_id, salt, secret_hash, customer_id, customer_name, max_teams, max_runs_per_month, features, expires_at)
      VALUES (${tokenId}, ${salt}, ${secretHash}, ${customerId}, ${customerName}, ${entitlements.max_teams},
              ${entitlements.max_runs_per_month}, ${JSON.stringify(entitlements.features)}::jsonb, ${expiresAt})
      RETURNING ${SHOWN}`,
  );
  return { license: made as License, text: `${tokenId}.${secret}` };
}

async function verifyLicense(queries: Queries, text: string): Promise<License | undefined> {
  const given = parseTokenText(text, 'lic');
  if (given === undefined) return undefined;
  const [found] = await rowsOf<License & SecretHash>(
    queries,
    sql`SELECT ${SHOWN}, salt, secret_hash AS "secretHash" FROM ${LICENSES} WHERE license_id = ${given.tokenId}`,
  );
  const matches = matchesSecret(given.secret, found);
  if (!matches || found === undefined) return undefined;
  const { salt: _salt, secretHash: _secretHash, ...license } = found;
  return license;
}

async function revokeLicense(queries: Queries, licenseId: string): Promise<boolean> {
  const revoked = await rowsOf(
    queries,
    sql`
      UPDATE ${LICENSES} SET revoked_at = clock_timestamp()
      WHERE license_id = ${licenseId} AND revoked_at IS NULL RETURNING license_id`,
  );
  return revoked.length > 0;
}

function listLicenses(queries: Queries, customerId: string | undefined): Promise<readonly License[]> {
  const ofCustomer = customerId === undefined ? sql`true` : sql`customer_id = ${customerId}`;
  return rowsOf<License>(
    queries,
    sql`
      SELECT ${SHOWN} FROM ${LICENSES} WHERE ${ofCustomer}
      ORDER BY customer_id COLLATE "C", created_at, license_id`,
  );
}

async function showLicense(queries: Queries, licenseId: string): Promise<License | undefined> {
  const [license] = await rowsOf<License>(
    queries,
    sql`SELECT ${SHOWN} FROM ${LICENSES} WHERE license_id = ${licenseId}`,
  );
  return license;
}
