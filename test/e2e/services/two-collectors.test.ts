import { expect, it } from 'vitest';
import { LICENSE_KEY, startVendorDouble } from '../../wiring/server/collector/drills/vendor-double.js';
import { createProduct } from './support/product.js';
import { createSotto, listen } from './support/sotto.js';

/** A collector that waits for its turn looks whether it is its turn this often, and somewhat more. */
const TURN_MS = 30_000;

it('of two collectors over one database one sends, and when it ends the other takes over without sending the day again', async () => {
  await using vendor = await startVendorDouble();
  using sotto = await createSotto({ VENDOR_SERVICE_URL: vendor.url, VENDOR_LICENSE_KEY: LICENSE_KEY });
  await using product = await createProduct(sotto);
  const env = { DATABASE_URL: product.postgres.url };
  const isSender = async ({ url }: { readonly url: string }) => {
    const { parts } = (await (await fetch(`${url}/ready`)).json()) as {
      readonly parts: { readonly collector: { readonly lease_held: boolean } };
    };
    return parts.collector.lease_held;
  };

  await using one = await listen(sotto, ['collector'], env);
  await using other = await listen(sotto, ['collector'], env);
  await vendor.untilArrived('/telemetry/analytics', 1);
  // Each asks about the licence before it looks whether it is its turn.
  await vendor.untilArrived('/validate-license', 2);
  const senders = await Promise.all([one, other].map(isSender));
  expect(senders.filter(Boolean)).toHaveLength(1);

  const [first, second] = senders[0] ? [one, other] : [other, one];
  first.process.terminate();
  expect(await first.process.ended).toEqual({ code: 0, signal: null });
  await expect.poll(() => isSender(second), { timeout: TURN_MS }).toBe(true);
  second.process.terminate();
  expect(await second.process.ended).toEqual({ code: 0, signal: null });
  expect(vendor.arrivedAt('/telemetry/analytics')).toHaveLength(1);
  expect(await product.postgres.query('SELECT holder FROM sotto_collector.lease')).toEqual([
    { holder: null },
  ]);
});
