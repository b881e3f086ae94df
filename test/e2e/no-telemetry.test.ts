import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingServer } from '../support/recording-server.js';
import { WITNESS } from './proof/programs.js';
import { bundle } from './support/bundle.js';
import { CHECKOUT, TSC } from './support/checkout.js';
import { installInto, packPackage } from './support/packed-package.js';
import { runProgram } from './support/program.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';
import { ALL_SIGNS, importsOf, scanBundle } from './support/scan-bundle.js';

const PROGRAM = 'count-pages.mjs';
const WITHOUT = '--conditions=no-telemetry';
const OPTIONAL = ['sotto/server', 'sotto/testing', '@opentelemetry/otlp-transformer'];
const OFF = 'Telemetry is off: this program was built without it.';

let sandbox: Sandbox;
let project: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  const { tarball } = await packPackage(sandbox.root);
  project = join(sandbox.root, 'project');
  await installInto(project, tarball, ['@types/node']);
  const source = await readFile(join(CHECKOUT, 'test', 'e2e', 'programs', PROGRAM), 'utf8');
  await writeFile(join(project, PROGRAM), source);
  const outDir = join(project, 'bundles');
  await bundle(project, PROGRAM, { name: 'with', outDir, external: OPTIONAL, minify: true });
  const without = { name: 'without', outDir, conditions: ['no-telemetry'], hasRequire: false, minify: true };
  await bundle(project, PROGRAM, without);
});
afterAll(() => sandbox[Symbol.dispose]());

const bundled = (name: string) => join(project, 'bundles', `${name}.mjs`);

interface Ran {
  readonly outcome: { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  readonly requests: readonly string[];
  /** What the runtime opened towards the outside. */
  readonly opened: string;
  readonly leftOver: readonly string[];
}

/** Run a program in an empty home whose person has agreed to everything, and look from the outside. */
async function run(...args: readonly string[]): Promise<Ran> {
  await using server = await RecordingServer.start();
  using home = await createSandbox();
  const log = join(home.root, 'witness.log');
  await writeFile(log, '');
  const env = {
    ...home.env,
    WITNESS_LOG: log,
    ACME_TELEMETRY_ENABLED: 'true',
    ACME__TELEMETRY__CRASH_REPORTING: 'true',
    ACME__TELEMETRY__POSTHOG_API_KEY: 'phc_test',
    ACME__TELEMETRY__POSTHOG_HOST: server.url,
  };
  const outcome = await runProgram(process.execPath, ['--import', WITNESS, ...args], { cwd: project, env });
  return {
    outcome,
    requests: server.requests.map(({ method, url }) => `${method} ${url}`),
    opened: await readFile(log, 'utf8'),
    leftOver: home.leftOver(),
  };
}

describe('a bundle that was made without telemetry', () => {
  it('holds nothing by which it could reach the outside', async () => {
    const text = await readFile(bundled('without'), 'utf8');
    expect(scanBundle(text)).toEqual({});
    const ofNode = ['crypto', 'fs', 'module', 'os', 'path', 'util'];
    expect(ofNode).toEqual(expect.arrayContaining([...importsOf(text)]));
  });

  it('is scanned by eyes that see it in a bundle with telemetry', async () => {
    const text = await readFile(bundled('with'), 'utf8');
    expect(Object.keys(scanBundle(text)).sort()).toEqual(
      ALL_SIGNS.filter((sign) => sign !== 'a request of a browser').sort(),
    );
    expect(scanBundle('navigator.sendBeacon(url); new WebSocket(url)')).toHaveProperty([
      'a request of a browser',
    ]);
  });

  it('is smaller', async () => {
    const [large, small] = await Promise.all(
      ['with', 'without'].map(async (name) => (await stat(bundled(name))).size),
    );
    expect(small).toBeLessThan(large! / 2);
  });
});

describe.each([
  ['bundled', () => [bundled('without')], () => [bundled('with')]],
  ['run with the condition', () => [WITHOUT, PROGRAM], () => [PROGRAM]],
])('a program %s', (_, without, withTelemetry) => {
  it('does the same as with telemetry, and leaves and opens nothing, whoever has agreed', async () => {
    const [small, full] = [await run(...without()), await run(...withTelemetry())];
    expect(full.outcome).toEqual({ status: 3, stdout: '2 pages, narrow\n', stderr: '' });
    expect(full.requests).toEqual(expect.arrayContaining([expect.stringContaining('POST /flags/')]));
    expect(full.opened).toContain('TCPCONNECTWRAP');
    expect(full.leftOver).not.toEqual([]);
    expect(small).toEqual({ outcome: full.outcome, requests: [], opened: '', leftOver: [] });
  });

  it('says of its telemetry commands that there is none', async () => {
    const { outcome } = await run(...without(), 'telemetry', 'status');
    expect(outcome).toEqual({ status: 0, stdout: `${OFF}\n`, stderr: '' });
  });
});

describe('the condition no-telemetry', () => {
  const load = (entry: string) =>
    run(
      WITHOUT,
      '--input-type=module',
      '--eval',
      `console.log(Object.keys(await import('${entry}')).join())`,
    );

  it.each([
    ['sotto/otlp', 'otlp'],
    ['sotto/cli', 'createTelemetryCommand'],
  ])('has %s without what it is made of', async (entry, names) => {
    expect((await load(entry)).outcome).toEqual({ status: 0, stdout: `${names}\n`, stderr: '' });
  });

  it.each(['sotto/server', 'sotto/testing'])(
    'has no %s, which would bring a network with it',
    async (entry) => {
      const { outcome } = await load(entry);
      expect(outcome.status).toBe(1);
      expect(outcome.stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    },
  );

  it('changes no type', async () => {
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'esnext.decorators', 'esnext.disposable'],
      types: ['node'],
      strict: true,
      customConditions: ['no-telemetry'],
      noEmit: true,
    };
    await writeFile(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['consumer.ts'] }),
    );
    await writeFile(join(project, 'consumer.ts'), CONSUMER);
    const { status, stdout } = await runProgram(process.execPath, [TSC], { cwd: project, env: sandbox.env });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

const CONSUMER = `
import { createTelemetry, event, oneOf, plain, TelemetryEvent } from 'sotto';
import { createTelemetryCommand } from 'sotto/cli';

@event('made')
class Made extends TelemetryEvent {
  @plain(oneOf('a', 'b')) kind!: 'a' | 'b';
}
await using telemetry = createTelemetry({ app: 'acme' });
telemetry.capture(Made.create({ kind: 'a' }));
const status: number = await createTelemetryCommand({ app: 'acme' }).run([]);
console.log(status);
`;
