import { cp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TSX } from '../support/checkout.js';
import { installInto, installPackages, packPackage } from '../support/packed-package.js';
import { runProgram, startProgram } from '../support/program.js';
import { createSandbox, type Sandbox } from '../support/sandbox.js';

const SERVER = ['hono', '@hono/node-server', '@hono/zod-openapi', 'zod'] as const;
const INSTALL_SERVER = 'npm install hono @hono/node-server @hono/zod-openapi zod';

let sandbox: Sandbox;
/** A project that has installed the package and nothing else. */
let bare: string;
/** A project that has also installed what a person's own page needs. */
let personal: string;
/** A project that has also installed what services need, as far as they keep little, in PostgreSQL. */
let services: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  const { tarball } = await packPackage(sandbox.root);
  [bare, personal, services] = ['bare', 'personal', 'services'].map((name) => join(sandbox.root, name)) as [
    string,
    string,
    string,
  ];
  await installInto(bare, tarball, []);
  await installInto(personal, tarball, SERVER);
  await installInto(services, tarball, [...SERVER, 'drizzle-orm', 'pg', 'pino', 'prom-client']);
}, 300_000);
afterAll(() => sandbox[Symbol.dispose]());

const node = (cwd: string, ...args: string[]) =>
  runProgram(process.execPath, args, { cwd, env: sandbox.env });

/** The same project without one of its packages. */
async function without(project: string, name: string): Promise<string> {
  const folder = `${project}-without-${name}`;
  await cp(project, folder, { recursive: true, verbatimSymlinks: true });
  await rm(join(folder, 'node_modules', name), { recursive: true });
  return folder;
}

async function sotto(cwd: string, line: string, variables: Readonly<Record<string, string>> = {}) {
  const env = { ...sandbox.env, SOTTO_DATA_DIR: join(cwd, 'services'), ...variables };
  const args = [join(cwd, 'node_modules', '.bin', 'sotto'), ...line.split(' ')];
  return await runProgram(process.execPath, args, { cwd, env });
}

/** A program that prints what an import, or a call, of its own was refused with. */
async function refusal(cwd: string, expression: string, ...args: string[]) {
  const file = join(cwd, 'refused.mjs');
  await writeFile(
    file,
    `import { createRequire } from 'node:module';
     const require = createRequire(import.meta.url);
     try { await (${expression}); }
     catch (error) { console.log(JSON.stringify({ code: error.code, name: error.name, message: error.message })); }`,
  );
  const { stdout } = await node(cwd, ...args, file);
  return JSON.parse(stdout) as unknown;
}

/** One line for a person: what is missing, and what to run. No place in a file, and no stack. */
const advice = (command: string) => ({
  status: 1,
  stdout: '',
  stderr: expect.stringMatching(
    new RegExp(`^(?!.*(?: at |file:|node_modules))[^\\n]*\`${command}\`[^\\n]*\\n$`),
  ),
});

describe('npm install', () => {
  it('brings no server, no database and nothing of OpenTelemetry', async () => {
    const { stdout } = await runProgram('npm', ['ls', '--all', '--parseable'], {
      cwd: bare,
      env: sandbox.env,
    });
    const packages = [...stdout.matchAll(/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)$/gm)].map(
      ([, name]) => name,
    );
    expect(packages.sort()).toEqual([
      '@posthog/core',
      '@posthog/types',
      '@standard-schema/spec',
      'commander',
      'dotenv',
      'posthog-node',
      'smol-toml',
      'sotto',
    ]);
  });
});

describe('sotto/server without its packages', () => {
  const MISSING = {
    code: 'PEER_MISSING',
    name: 'TelemetryError',
    message: `sotto/server needs packages that are not installed here. Run \`${INSTALL_SERVER}\`, and try again.`,
  };

  it.each([
    ['an import', `import('sotto/server')`],
    ['require()', `require('sotto/server')`],
  ])('says to %s what to install', async (_what, expression) => {
    expect(await refusal(bare, expression)).toEqual(MISSING);
    expect(await refusal(bare, expression, '--import', TSX)).toEqual(MISSING);
  });

  it('says it to who imports names of it too', async () => {
    const program = `import { startServer } from 'sotto/server'; startServer({ roles: ['web'] });`;
    const { status, stderr } = await node(bare, '--input-type=module', '--eval', program);
    expect(status).toBe(1);
    expect(stderr).toContain(`TelemetryError: ${MISSING.message}`);
    expect(stderr).toContain(`code: 'PEER_MISSING'`);
  });

  it.each(['serve --app acme', 'serve --roles orgs,web', 'open --app acme', 'collector'])(
    'is what `sotto %s` needs',
    async (line) => {
      expect(await sotto(bare, line)).toEqual(advice(INSTALL_SERVER));
    },
  );

  it.each([
    'org status',
    'org token list',
    'license list',
    'collector preview',
    'collector correct 2026-01-01',
    'collector grants --role reader',
  ])('is what `sotto %s` needs, with a database', async (line) => {
    const outcome = await sotto(bare, line);
    expect(outcome).toEqual(advice(`${INSTALL_SERVER} drizzle-orm`));
    expect(outcome.stderr).toContain('`npm install @electric-sql/pglite`');
    expect(outcome.stderr).toContain('`npm install pg`');
  });
});

describe('sotto/server with packages of other versions', () => {
  const RANGES = SERVER.map((name) => `"${name}@\\^\\d+\\.\\d+\\.\\d+"`).join(' ');
  const UNSUITABLE = {
    code: 'PEER_UNSUITABLE',
    name: 'TelemetryError',
    message: expect.stringMatching(new RegExp(`\`npm install ${RANGES}\``)),
  };

  /** A project with such a package; npm alone would refuse to install it. */
  async function withOther(name: string, version: string): Promise<string> {
    const other = join(sandbox.root, `only-${name}-${version}`);
    await installPackages(other, [`${name}@${version}`]);
    const folder = await without(personal, name);
    await rename(join(other, 'node_modules', name), join(folder, 'node_modules', name));
    return folder;
  }

  it.each([
    ['hono', '4.12', 'lacks what is imported'],
    ['zod', '3', 'has no such functions'],
  ])('%s@%s, which %s, says which to install', async (name, version) => {
    const folder = await withOther(name, version);
    expect(await refusal(folder, `import('sotto/server')`)).toEqual(UNSUITABLE);
    expect(await refusal(folder, `require('sotto/server')`)).toEqual(UNSUITABLE);
    expect(await sotto(folder, 'serve --app acme')).toEqual(advice(`npm install ${RANGES}`));
  });
});

describe('the services', () => {
  /** Where nobody listens. */
  const POSTGRESQL = { DATABASE_URL: 'postgresql://127.0.0.1:9/sotto' };

  it.each(['serve --roles orgs,web', 'org status', 'license list'])(
    'say what their database needs: sotto %s',
    async (line) => {
      const outcome = await sotto(personal, line);
      expect(outcome).toEqual(advice('npm install drizzle-orm @electric-sql/pglite'));
      expect(outcome.stderr).toContain('`npm install drizzle-orm pg`');
    },
  );

  it('throw it to a program with a code', async () => {
    const expression = `import('sotto/server').then(({ startServer }) => startServer({ roles: ['orgs'] }))`;
    expect(await refusal(personal, expression)).toMatchObject({
      code: 'PEER_MISSING',
      message: expect.stringContaining('`npm install drizzle-orm @electric-sql/pglite`'),
    });
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['@electric-sql/pglite', 'org status', {}],
    ['pg-copy-streams', 'serve --roles ingest', POSTGRESQL],
    [
      '@nats-io/transport-node @nats-io/jetstream',
      'serve --roles ingest',
      { INGEST_STREAM: 'nats://127.0.0.1:9' },
    ],
  ])('say that they need %s', async (packages, line, variables) => {
    expect(await sotto(services, line, variables)).toEqual(advice(`npm install ${packages}`));
  });

  it('say that they need pg', async () => {
    const folder = await without(services, 'pg');
    expect(await sotto(folder, 'org status', POSTGRESQL)).toEqual(advice('npm install pg'));
  });

  it('say what a role needs that works by itself', async () => {
    expect(await sotto(personal, 'serve --roles ingest')).toEqual(advice('npm install pino prom-client'));
  });

  it("serve a person's own page without any of it", async () => {
    const program = join(personal, 'node_modules', '.bin', 'sotto');
    const args = [program, 'serve', '--app', 'acme', '--port', '0'];
    await using serving = startProgram(process.execPath, args, { cwd: personal, env: sandbox.env });
    expect((await fetch(`${await serving.printed(/(http\S+)\n/)}/health`)).status).toBe(200);
  });
});

describe('sotto/otlp without its package', () => {
  const INSTALL = 'npm install @opentelemetry/otlp-transformer';

  it('is imported, and says what to install when its options are made', async () => {
    const expression = `import('sotto/otlp').then(({ otlp }) => otlp({ endpoint: 'http://127.0.0.1:9' }))`;
    expect(await refusal(bare, expression)).toMatchObject({
      code: 'PEER_MISSING',
      message: expect.stringContaining(INSTALL),
    });
  });

  it('names what is missing in the status where the options were written by hand', async () => {
    const program = `
      import { createTelemetry } from 'sotto';
      const telemetry = createTelemetry({ app: 'acme', consent: 'given', otlp: { endpoint: 'http://127.0.0.1:9' }, delivery: { requestTimeoutMs: 500 } });
      telemetry.capture('started', { count: 1 });
      await telemetry.flush();
      console.log(JSON.stringify(telemetry.status().warnings));
      await telemetry.disable();
      await telemetry.shutdown();`;
    const { status, stdout, stderr } = await node(bare, '--input-type=module', '--eval', program);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ code: 'PEER_MISSING', source: '@opentelemetry/otlp-transformer' }),
    );
  });
});
