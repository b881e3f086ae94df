import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What axe finds wrong with a page as it stands, as `rule: element`. */
export async function findBarriers(page: Page): Promise<string[]> {
  // By the debugger, past the policy of the page.
  const client = await page.context().newCDPSession(page);
  await client.send('Runtime.evaluate', { expression: await source });
  const { result } = await client.send('Runtime.evaluate', {
    expression: 'axe.run(document)',
    awaitPromise: true,
    returnByValue: true,
  });
  const { violations } = result.value as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
