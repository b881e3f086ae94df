import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgres, type TestPostgres } from '../../support/postgres.js';
import { createProduct, type Product } from './support/product.js';
import { createSotto, type Listening, listen, type Sotto } from './support/sotto.js';

const READ_KEY = 'a-key-for-reading-of-this-test';

let sotto: Sotto;
let database: TestPostgres;
let vendor: Listening;
beforeAll(async () => {
  sotto = await createSotto();
  database = await createPostgres();
  vendor = await listen(sotto, ['serve', '--roles', 'vendor'], {
    DATABASE_URL: database.url,
    VENDOR_READ_KEY: READ_KEY,
  });
});
afterAll(async () => {
  await vendor?.[Symbol.asyncDispose]();
  await database?.drop();
  sotto[Symbol.dispose]();
});

const license = (...args: readonly string[]) =>
  sotto.run(['license', ...args], { DATABASE_URL: database.url });

async function createLicense(...options: readonly string[]) {
  const { status, stdout, stderr } = await license('create', ...options);
  expect(status).toBe(0);
  const key = stdout.trimEnd();
  return { key, id: key.split('.')[0] ?? '', secret: key.split('.')[1] ?? '', stdout, stderr };
}

async function validate(key: string): Promise<unknown> {
  const answer = await fetch(`${vendor.url}/validate-license`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: '{}',
  });
  return answer.json();
}

async function readCustomers(): Promise<unknown> {
  const answer = await fetch(`${vendor.url}/api/v1/vendor/customers`, {
    headers: { authorization: `Bearer ${READ_KEY}` },
  });
  return ((await answer.json()) as { readonly customers: unknown }).customers;
}

describe('sotto license', () => {
  it('prints a key alone, once, and never shows it again', async () => {
    const options = [
      '--customer',
      'acme',
      '--name',
      'Acme Corp',
      '--expires-days',
      '365',
      '--max-teams',
      '25',
    ];
    const { key, id, secret, stdout, stderr } = await createLicense(...options);
    expect(stdout).toMatch(/^lic_[0-9a-f]{16}\.\S{40,}\n$/);
    expect(stderr).toContain(`sotto license revoke ${id}`);
    expect(stderr).not.toContain(secret);

    const shown = [
      await license('list'),
      await license('list', '--json'),
      await license('show', id),
      await license('show', '--json', key),
    ];
    for (const { status, stdout, stderr } of shown) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain(id);
      expect(stdout).not.toContain(secret);
    }
    expect(shown[2]?.stdout).toMatch(/^ {2}Customer +acme, Acme Corp$/m);
    expect(shown[2]?.stdout).toMatch(/^ {2}Teams +at most 25$/m);
    expect(await validate(key)).toMatchObject({
      valid: true,
      customer_id: 'acme',
      customer_name: 'Acme Corp',
      entitlements: { max_teams: 25, max_runs_per_month: -1, features: [] },
    });
    const [kept] = await database.query('SELECT licenses::text AS kept FROM sotto_vendor.licenses');
    expect(kept?.kept).not.toContain(secret);
    expect(vendor.process.stdout + vendor.process.stderr).not.toContain(secret);
  });

  it('revokes for good, and says so when there is nothing to revoke', async () => {
    const { key, id } = await createLicense('--customer', 'initech');
    expect(await license('revoke', id)).toMatchObject({ status: 0, stdout: '✓ The licence is revoked.\n' });
    expect(await validate(key)).toMatchObject({ valid: false });
    expect((await license('show', id)).stdout).toMatch(/^ {2}Revoked +\d{4}-/m);
    expect(await license('revoke', id)).toMatchObject({ status: 1, stdout: '' });
    expect(await license('revoke', 'lic_of_nobody')).toMatchObject({ status: 1, stdout: '' });
  });

  it('lists the licences of one customer where it is asked for them', async () => {
    const { id } = await createLicense('--customer', 'hooli');
    const { stdout } = await license('list', '--json', '--customer', 'hooli');
    expect(JSON.parse(stdout)).toMatchObject([{ license_id: id, customer_id: 'hooli', revoked_at: null }]);
    expect((await license('list', '--customer', 'nobody')).stdout).toBe('There are no licences.\n');
  });
});

describe('a collector with such a licence', () => {
  let product: Product;
  beforeAll(async () => {
    product = await createProduct(sotto);
  });
  afterAll(() => product?.[Symbol.asyncDispose]());

  it('sends until the licence is revoked, and then reports no more', async () => {
    const { key, id } = await createLicense('--customer', 'umbrella');
    const once = () =>
      sotto.run(['collector', '--once'], {
        DATABASE_URL: product.postgres.url,
        VENDOR_SERVICE_URL: vendor.url,
        VENDOR_LICENSE_KEY: key,
      });
    expect(await once()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Licence: valid.\nHeartbeat: accepted.\n'),
    });
    const count = () =>
      database.query(
        `SELECT count(*)::int AS heartbeats FROM sotto_vendor.heartbeats WHERE customer_id = 'umbrella'`,
      );
    expect(await count()).toEqual([{ heartbeats: 1 }]);
    expect(await readCustomers()).toContainEqual(expect.objectContaining({ customer_id: 'umbrella' }));

    await license('revoke', id);
    const after = await once();
    expect(after).toMatchObject({
      status: 1,
      stdout: 'Licence: invalid, as the vendor service says. Nothing is sent.\n',
    });
    expect(await count()).toEqual([{ heartbeats: 1 }]);
  });
});
