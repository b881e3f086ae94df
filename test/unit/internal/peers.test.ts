import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { installCommand, PEERS } from '../../../src/internal/index.js';

const { peerDependencies, peerDependenciesMeta } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as {
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
};

it('knows what needs each optional peer', () => {
  expect(Object.values(PEERS).flat().sort()).toEqual(Object.keys(peerDependencies).sort());
});

it('has peers that nobody has to install', () => {
  const mandatory = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  expect(mandatory).toEqual([]);
});

it('gives one command for several parts, in the order in which they are named', () => {
  expect(installCommand('operation', 'database')).toBe('`npm install pino prom-client drizzle-orm`');
});
