/**
 * How large the package may be, in bytes without compression: what a start parses is not compressed. Each limit stood about 5 % above
 * the size when it was set, so that growth is a decision. A change that needs more raises the limit, and says what the bytes are for.
 */
import { readFileSync } from 'node:fs';

const { exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const CONDITIONS_OF_BUNDLERS = ['module', 'import', 'node', 'default'];

/** A file as it is installed. Programs that are not bundled load these, and nothing else of the main entry. */
const installed = (path, limit) => ({
  name: path,
  path: `dist/${path}`,
  limit,
  brotli: false,
  // There is no option that leaves the bundler out.
  modifyEsbuildConfig: (config) => ({ ...config, loader: { '.js': 'copy' } }),
});

/** What a bundler makes of an entry, with the dependencies and without Node.js, the peers and the other entries. */
const bundled = (entry, limit, { title = '', names = '*', conditions = [] } = {}) => ({
  name: `sotto${entry.slice(1)}${title}`,
  path: resolve(exports[entry], [...conditions, ...CONDITIONS_OF_BUNDLERS]),
  import: names,
  limit,
  brotli: false,
  modifyEsbuildConfig: (config) => ({
    ...config,
    platform: 'node',
    format: 'esm',
    target: 'node20.20',
    external: [...config.external, 'sotto'],
    // It warns of each file that it leaves out for having no side effects.
    logLevel: 'error',
  }),
});

const LEAST = { title: ', the least that records an event', names: '{ createTelemetry, defineEvent }' };
const WITHOUT = { title: ' without telemetry', conditions: ['no-telemetry'] };

export default [
  installed('index.js', '2.7 kB'),
  installed('core.js', '247 kB'),
  installed('recording.js', '297 kB'),
  installed('scrubbing.js', '159 kB'),

  bundled('.', '624 kB', LEAST),
  bundled('.', '632 kB'),
  bundled('./cli', '868 kB'),
  bundled('./server', '554 kB'),
  bundled('./otlp', '1 kB'),
  bundled('./testing', '675 kB'),

  bundled('.', '189 kB', WITHOUT),
  bundled('./cli', '1 kB', WITHOUT),
  bundled('./otlp', '1 kB', WITHOUT),
];

/** The file that one of these conditions chooses, as a bundler would: the first that stands there counts. */
function resolve(target, conditions) {
  if (typeof target === 'string') return target;
  return resolve(target[Object.keys(target).find((key) => conditions.includes(key))], conditions);
}
