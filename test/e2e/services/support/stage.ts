import { afterAll, beforeAll } from 'vitest';
import {
  LICENSE_KEY,
  startVendorDouble,
  type VendorDouble,
} from '../../../wiring/server/collector/drills/vendor-double.js';
import { createProduct, type Product } from './product.js';
import { createSotto, type Listening, listen, type Sotto } from './sotto.js';

type Variables = Readonly<Record<string, string>>;

/** The tests of one file: a vendor, a product that was used for two days, and the program with what it needs for both. */
export interface Stage {
  readonly vendor: VendorDouble;
  readonly sotto: Sotto;
  readonly product: Product;
  /** Start a collector that runs on, over the database of the product. */
  collect(env?: Variables): Promise<Listening>;
}

type Opened = Pick<Stage, 'vendor' | 'sotto' | 'product'> & { close(): Promise<void> };

/** One for all tests of a file, there once they run. @param env - more variables of the program */
export function useStage(env: Variables = {}): Stage {
  let opened: Opened | undefined;
  const stage = () => {
    if (opened === undefined) throw new Error('The stage is there when tests run, not before.');
    return opened;
  };
  beforeAll(async () => {
    opened = await open(env);
  });
  afterAll(() => opened?.close());
  return {
    get vendor() {
      return stage().vendor;
    },
    get sotto() {
      return stage().sotto;
    },
    get product() {
      return stage().product;
    },
    collect: (more) =>
      listen(stage().sotto, ['collector'], { DATABASE_URL: stage().product.postgres.url, ...more }),
  };
}

async function open(env: Variables): Promise<Opened> {
  const vendor = await startVendorDouble();
  const sotto = await createSotto({
    VENDOR_SERVICE_URL: vendor.url,
    VENDOR_LICENSE_KEY: LICENSE_KEY,
    ...env,
  });
  const close = async () => {
    sotto[Symbol.dispose]();
    await vendor.close();
  };
  try {
    const product = await createProduct(sotto);
    return {
      vendor,
      sotto,
      product,
      async close() {
        await product[Symbol.asyncDispose]();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
