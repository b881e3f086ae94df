import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKOUT } from './support/checkout.js';
import { DESCRIBED, describeExamples } from './support/example-suite.js';

const EXAMPLES = join(CHECKOUT, 'examples');
const OF_THE_DEMONSTRATION = 'start.ts';

const names = readdirSync(EXAMPLES).filter(
  (name) => /\.m?[jt]s$/.test(name) && name !== OF_THE_DEMONSTRATION,
);

describeExamples(() => ({ cwd: CHECKOUT }));

describe('every example', () => {
  it('is run here', () => {
    expect(names.sort()).toEqual(DESCRIBED);
  });

  it.each(names)('%s opens with one sentence on what it shows, and is short', (name) => {
    const source = readFileSync(join(EXAMPLES, name), 'utf8');
    expect(source).toMatch(/^\/\*\* Shows [^\n]+[.] \*\/\n/);
    expect(source.split('\n').length).toBeLessThan(60);
  });
});
