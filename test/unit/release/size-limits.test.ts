import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly exports: Record<string, unknown>;
};

interface Limit {
  readonly name: string;
  readonly path: string;
  readonly import?: string;
}

const { default: limits } = (await import(pathToFileURL(join(ROOT, '.size-limit.js')).href)) as {
  readonly default: readonly Limit[];
};

describe('the limits of size', () => {
  it('hold every entry whole, also without telemetry', () => {
    const names = Object.entries(exports)
      .filter(([entry]) => entry !== './package.json')
      .flatMap(([entry, target]) => {
        const name = `sotto${entry.slice(1)}`;
        const { 'no-telemetry': without } = target as Record<string, unknown>;
        return without ? [name, `${name} without telemetry`] : [name];
      });
    const held = limits.filter((limit) => limit.import === '*').map(({ name }) => name);
    expect(held.sort()).toEqual(names.sort());
  });

  it('hold of an entry what bundlers take', () => {
    const paths = Object.fromEntries(limits.map(({ name, path }) => [name, path]));
    expect(paths).toMatchObject({
      sotto: './dist/whole.js',
      'sotto without telemetry': './dist/no-telemetry/index.js',
      'sotto/otlp': './dist/otlp/index.js',
      'sotto, the least that records an event': './dist/whole.js',
    });
  });

  it('hold the files that a program loads which is not bundled', () => {
    const held = limits.filter((limit) => !limit.import).map(({ path }) => path);
    expect(held).toEqual(['dist/index.js', 'dist/core.js', 'dist/recording.js', 'dist/scrubbing.js']);
  });
});
