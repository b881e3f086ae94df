/**
 * Makes the package.json of the working directory one of production: beside the package's own dependencies it has the optional packages that
 * the services load, and no tools. `npm install` then takes their versions from the lockfile that lies beside it.
 *
 * `EXTRA_PACKAGES` names what to add, with spaces between.
 */
import { readFile, writeFile } from 'node:fs/promises';

/** Optional packages that no service of this image loads: the embedded database belongs to one process, and OTLP to programs. */
const LEFT_OUT = ['@electric-sql/pglite', '@opentelemetry/otlp-transformer'];

const { devDependencies, peerDependencies, peerDependenciesMeta, scripts, ...kept } = JSON.parse(
  await readFile('package.json', 'utf8'),
);
const extra = (process.env.EXTRA_PACKAGES ?? '').split(' ').filter((name) => name !== '');
const unknown = extra.filter((name) => !Object.hasOwn(peerDependencies, name));
if (unknown.length > 0)
  throw new Error('EXTRA_PACKAGES names what is no optional package of this one. See peerDependencies.');

const isLoaded = ([name]) => !LEFT_OUT.includes(name) || extra.includes(name);
const loaded = Object.fromEntries(Object.entries(peerDependencies).filter(isLoaded));
const production = { ...kept, dependencies: { ...kept.dependencies, ...loaded } };
await writeFile('package.json', `${JSON.stringify(production, undefined, 2)}\n`);
