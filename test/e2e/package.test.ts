import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEERS } from '../../src/internal/index.js';
import { WITNESS } from './proof/programs.js';
import { CHECKOUT, TSX } from './support/checkout.js';
import { describeExamples } from './support/example-suite.js';
import { installInto, type PackedPackage, packPackage } from './support/packed-package.js';
import { runProgram, startProgram } from './support/program.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';

const LOADED_MODULES = join(CHECKOUT, 'test', 'e2e', 'support', 'loaded-modules.mjs');

let sandbox: Sandbox;
let packed: PackedPackage;
/** A project that has installed the package and nothing else. */
let bare: string;
/** A project that has also installed what the package can work with. */
let complete: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  packed = await packPackage(sandbox.root);
  bare = join(sandbox.root, 'bare');
  complete = join(sandbox.root, 'complete');
  await installInto(bare, packed.tarball, []);
  await installInto(complete, packed.tarball, [
    ...Object.values(PEERS).flat(),
    '@types/node',
    '@opentelemetry/api',
  ]);
  await mkdir(join(complete, 'examples'));
  const examples = join(CHECKOUT, 'examples');
  await cp(examples, join(complete, 'examples'), { recursive: true });
});
afterAll(() => sandbox[Symbol.dispose]());

const node = (cwd: string, ...args: string[]) =>
  runProgram(process.execPath, args, { cwd, env: sandbox.env });
const evaluate = (cwd: string, code: string, ...args: string[]) =>
  node(cwd, ...args, '--input-type=module', '--eval', code);

describe('the tarball', () => {
  it('holds the build, its sources, the readme, the licence and the changes, and nothing else', () => {
    const top = new Set(packed.files.map((path) => path.split('/')[0]));
    expect([...top].sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json', 'src']);
    const kinds = new Set(
      packed.files.filter((path) => /^dist\//.test(path)).map((path) => /\.d\.ts$|\.js$/.exec(path)?.[0]),
    );
    expect([...kinds]).toEqual(expect.arrayContaining(['.js', '.d.ts']));
    const others = packed.files.filter((path) => /^dist\//.test(path) && !/\.(d\.ts|js|js\.map)$/.test(path));
    expect(others.sort()).toEqual([
      'dist/LICENSES-OF-BUNDLED-PACKAGES',
      'dist/server/assets/dashboard.css',
      'dist/server/assets/icon.svg',
      'dist/server/assets/person.css',
      'dist/server/assets/sotto.css',
      'dist/server/assets/uPlot.min.css',
      'dist/server/migrations/collector/0001_sends.sql',
      'dist/server/migrations/collector/0002_duplicates.sql',
      'dist/server/migrations/product/0001_organisations.sql',
      'dist/server/migrations/product/0002_runs.sql',
      'dist/server/migrations/vendor/0001_events.sql',
      'dist/server/migrations/vendor/0002_licenses.sql',
      'dist/server/migrations/vendor/0003_reports.sql',
    ]);
  });
});

describe('sotto', () => {
  it('is imported without its optional peers', async () => {
    const { status, stdout, stderr } = await evaluate(
      bare,
      `import { createTelemetry } from 'sotto'; console.log(createTelemetry({ app: 'acme' }).status().mode);`,
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'off\n', stderr: '' });
  });

  it('loads no other package and no network module when it is imported, or used while telemetry is off', async () => {
    const { status, stdout, stderr } = await evaluate(
      complete,
      `const before = new Set(process.moduleLoadList);
       const { createTelemetry } = await import('sotto');
       const telemetry = createTelemetry({ app: 'acme', posthog: { key: 'phc_test' } });
       telemetry.capture('started', { count: 1 });
       await telemetry.shutdown();
       const network = /^NativeModule (net|tls|http|https|http2|dns|dgram|internal\\/deps\\/undici\\/undici)$/;
       console.log(JSON.stringify(process.moduleLoadList.filter((name) => network.test(name) && !before.has(name))));`,
      '--import',
      LOADED_MODULES,
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '[]\n' });
    const packages = [...stderr.matchAll(/node_modules\/((?:@[^/]+\/)?[^/\n]+)/g)].map(([, name]) => name);
    expect([...new Set(packages)]).toEqual(['sotto']);
  });

  it('says its own version on the wire', async () => {
    const { stdout } = await evaluate(
      bare,
      `import { createTelemetry } from 'sotto';
       import { readFileSync } from 'node:fs';
       const { properties } = createTelemetry({ app: 'acme' }).preview('started');
       const { version } = JSON.parse(readFileSync('node_modules/sotto/package.json', 'utf8'));
       console.log(properties.$lib_version === version);`,
    );
    expect(stdout).toBe('true\n');
  });
});

describe('sotto/cli', () => {
  it('is the program `sotto`, for any app', async () => {
    const program = join(bare, 'node_modules', '.bin', 'sotto');
    const { status, stdout, stderr } = await node(bare, program, 'why', '--app', 'acme');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Telemetry is off: nobody has agreed to it.');
    expect((await node(bare, program, '--version')).stdout).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('shares with sotto what an app declares, though each is a bundle of its own', async () => {
    const { status, stdout } = await evaluate(
      bare,
      `import { count, defineEvent } from 'sotto';
       import { createTelemetryCommand } from 'sotto/cli';
       defineEvent('shared_event', { files: count() });
       process.exitCode = await createTelemetryCommand({ app: 'acme' }).run(['catalog']);`,
    );
    expect(status).toBe(0);
    expect(stdout).toContain('shared_event');
  });
});

describe('sotto/testing', () => {
  const TEST = `
    import { defineEvent, textCount } from 'sotto';
    import { createTestTelemetry, expectNoLeak } from 'sotto/testing';
    const Made = defineEvent('made', { title: textCount() });
    const test = createTestTelemetry({ toolsOverPrivacy: true, crashReporting: true });
    const { telemetry, events, clock } = test;
    telemetry.capture(Made.create({ title: 'Ada Lovelace' }));
    telemetry.trackError(new Error('boom'));
    telemetry.captureCrash(new Error('boom'));
    telemetry.recordFeature('toolkit.launch');
    telemetry.trackMetric('queue.length', 7);
    await telemetry.getFeatureFlag('layout');
    clock.advanceMs(60_000);
    await telemetry.flush();
    expectNoLeak(test, { title: 'Ada Lovelace' });
    console.log(events.map(({ event }) => event).join());
    await telemetry.disable();
    await telemetry.shutdown();`;
  const CAPTURED = 'made,test_app.error,test_app.crash,test_app.feature.used,test_app.metric\n';

  it('works where nothing else is installed, whatever the machine says, and opens and leaves nothing', async () => {
    using machine = await createSandbox();
    const log = join(machine.root, 'witness.log');
    await writeFile(log, '');
    const env = { ...machine.env, DO_NOT_TRACK: '1', CI: 'true', WITNESS_LOG: log };
    const args = ['--import', WITNESS, '--input-type=module', '--eval', TEST];
    const { status, stdout, stderr } = await runProgram(process.execPath, args, { cwd: bare, env });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: CAPTURED, stderr: '' });
    expect({ opened: await readFile(log, 'utf8'), left: machine.leftOver() }).toEqual({
      opened: '',
      left: [],
    });
  });

  it('refuses to run in production', async () => {
    const args = ['--input-type=module', '--eval', TEST];
    const env = { ...sandbox.env, NODE_ENV: 'production' };
    const { status, stderr } = await runProgram(process.execPath, args, { cwd: bare, env });
    expect(status).toBe(1);
    expect(stderr).toContain('TESTING_IN_PRODUCTION');
  });

  it('is no part of the main entry', async () => {
    for (const name of ['index', 'core', 'recording', 'scrubbing']) {
      const file = await readFile(join(bare, 'node_modules', 'sotto', 'dist', `${name}.js`), 'utf8');
      expect(file).not.toMatch(/createTestTelemetry|sotto\/testing/);
    }
  });
});

describe('sotto/server', () => {
  it('is imported where hono is installed, and receives what sotto sends', async () => {
    const { status, stdout, stderr } = await evaluate(
      complete,
      `import { createTelemetry } from 'sotto';
       import { startIngestServer } from 'sotto/server';
       const server = await startIngestServer({ port: 0 });
       const options = { app: 'acme', consent: 'given', posthog: { key: 'phc_test', host: server.url } };
       const telemetry = createTelemetry(options);
       telemetry.capture('started', { count: 1 });
       await telemetry.shutdown();
       console.log((await server.store.counts()).byEvent.started);
       await server.close();`,
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '1\n', stderr: '' });
  });

  it('has every name, however it is asked for, and one copy of what stands behind them', async () => {
    const { status, stdout, stderr } = await evaluate(
      complete,
      `import { createRequire } from 'node:module';
       import * as imported from 'sotto/server';
       const required = createRequire(import.meta.url)('sotto/server');
       const whole = await import('./node_modules/sotto/dist/server/whole.js');
       const isSame = (copy) => Object.keys(whole).every((name) => copy[name] === whole[name]);
       console.log(Object.keys(imported).join() === Object.keys(whole).join(), isSame(imported), isSame(required));`,
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'true true true\n', stderr: '' });
  });

  it("serves a person's own page with everything it needs, and loads no database", async () => {
    // The packages of databases are there, and could be loaded.
    const program = join(complete, 'node_modules', 'sotto', 'dist', 'cli', 'program.js');
    const args = ['--import', LOADED_MODULES, program, 'serve', '--app', 'acme', '--port', '0'];
    await using serving = startProgram(process.execPath, args, { cwd: complete, env: sandbox.env });
    const url = new URL(await serving.printed(/(http\S+)\n/));
    const page = await fetch(new URL('/', url), { headers: { accept: 'text/html' } });
    const html = await page.text();
    expect(html).toContain('<form');
    const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(assets).not.toEqual([]);
    for (const path of [...assets, '/assets/uPlot.iife.min.js', '/assets/uPlot.min.css', '/assets/person.js'])
      expect({ path, status: (await fetch(new URL(path, url))).status }).toEqual({ path, status: 200 });
    serving.interrupt();
    const { stderr } = await serving.outcome;
    expect(stderr).toContain('node_modules/hono/');
    expect(stderr).not.toMatch(/pglite|node_modules\/pg|drizzle|node_modules\/(?:pino|prom-client|@nats-io)/);
  });

  it('keeps an embedded database with the migrations of the package', async () => {
    const program = join(complete, 'node_modules', '.bin', 'sotto');
    const directory = join(sandbox.root, 'services');
    const env = { ...sandbox.env, SOTTO_DATA_DIR: directory };
    const args = [program, 'org', 'token', 'create', '--org', 'extend'];
    const { status, stdout } = await runProgram(process.execPath, args, { cwd: complete, env });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^tok_\w+\.\S+\n$/) });
  });
});

/** What the declarations of an entry import by name, with all that they reach. */
function packagesOf(entry: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(entry)) return packages;
  seen.add(entry);
  for (const [, from = ''] of readFileSync(entry, 'utf8').matchAll(/(?:from|import\() ?'([^']+)'/g)) {
    if (!from.startsWith('.')) packages.add(from);
    else {
      const reached = join(dirname(entry), from.replace(/\.js$/, '.d.ts'));
      for (const name of packagesOf(reached, seen)) packages.add(name);
    }
  }
  return packages;
}

describe('the declarations of sotto/server', () => {
  it('need no package that only some roles need', () => {
    const packages = packagesOf(join(bare, 'node_modules', 'sotto', 'dist', 'server', 'index.d.ts'));
    expect([...packages]).toEqual(expect.arrayContaining(['hono', 'zod']));
    const ofSomeRoles = /^(?:drizzle-orm|pg|pg-copy-streams|pino|prom-client|@electric-sql|@nats-io)(?:\/|$)/;
    expect([...packages].filter((name) => ofSomeRoles.test(name))).toEqual([]);
  });
});

describe('the examples, against the packed package', () => {
  describeExamples(() => ({ cwd: complete }));

  it('plain-javascript.mjs needs nothing but node', async () => {
    const { status, stdout } = await node(complete, join('examples', 'plain-javascript.mjs'));
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'Telemetry is off: nobody has agreed to it. Events recorded: 0.\n',
    });
  });

  it('start.ts shows the whole way through', async () => {
    const { status, stdout } = await node(
      complete,
      '--import',
      TSX,
      join('examples', 'start.ts'),
      'examples',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('in total');
  });
});
