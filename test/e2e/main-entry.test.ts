import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from './support/bundle.js';
import { TSX } from './support/checkout.js';
import { installInto, packPackage } from './support/packed-package.js';
import { runProgram } from './support/program.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';

const LATE_FILES = ['recording.js', 'scrubbing.js'] as const;

let sandbox: Sandbox;
/** A project that has installed the package. */
let project: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  const { tarball } = await packPackage(sandbox.root);
  project = join(sandbox.root, 'project');
  await installInto(project, tarball, []);
});
afterAll(() => sandbox[Symbol.dispose]());

const distOf = (folder: string) => join(folder, 'node_modules', 'sotto', 'dist');

/** A project whose package says so, and fails, when one of these files is loaded. */
async function copyWithout(name: string, files: readonly string[]): Promise<string> {
  const folder = join(sandbox.root, name);
  await cp(project, folder, { recursive: true });
  for (const file of files)
    await writeFile(join(distOf(folder), file), `throw new Error('${file} was loaded');`);
  return folder;
}

/** Nothing listens there, and nothing is left behind that would try again. */
const GIVEN = `app: 'acme', consent: 'given', posthog: { key: 'phc_test', host: 'http://127.0.0.1:9' }, delivery: { detached: false, shutdownTimeoutMs: 0 }`;

const DECLARE = `
  import { count, createTelemetry, defineEvent, hash, integer, oneOf, plain, textCount } from 'sotto';
  const Searched = defineEvent('searched', {
    mode: plain(oneOf('exact', 'fuzzy')), hits: plain(integer({ min: 0, max: 1_000 })),
    query: textCount(), repository: hash({ identity: 'repository' }), results: count(),
  });
  const event = Searched.create({ mode: 'exact', hits: 3, query: 'total', repository: 'cart', results: [1, 2, 3] });`;

const evaluate = (folder: string, code: string) =>
  runProgram(process.execPath, ['--input-type=module', '--eval', DECLARE + code], {
    cwd: folder,
    env: sandbox.env,
  });

describe('a program that stays off', () => {
  it('parses no file but those that a start needs', async () => {
    const folder = await copyWithout('off', LATE_FILES);
    const { status, stdout, stderr } = await evaluate(
      folder,
      `const telemetry = createTelemetry({ app: 'acme' });
       telemetry.capture(event);
       telemetry.capture('opened', { note: 'where is the total of a cart computed' });
       telemetry.trackError(new Error('no such page'));
       await telemetry.shutdown();
       console.log(telemetry.status().mode);`,
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'off\n', stderr: '' });
  });
});

describe('a program that starts', () => {
  it('loads none of the built-in modules that nothing needs until an event is recorded', async () => {
    const { status, stdout, stderr } = await runProgram(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const before = new Set(process.moduleLoadList);
         const { createTelemetry } = await import('sotto');
         const { enabled } = createTelemetry({ ${GIVEN} });
         const loaded = process.moduleLoadList.filter((name) => !before.has(name));
         console.log(JSON.stringify({ enabled, loaded }));`,
      ],
      { cwd: project, env: sandbox.env },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { enabled, loaded } = JSON.parse(stdout);
    expect(enabled).toBe(true);
    expect(
      loaded.filter((name: string) => /stream|crypto|http|net$|zlib|worker|\/source_map/.test(name)),
    ).toEqual([]);
  });
});

describe('a program that a loader compiles', () => {
  it('records as any other, though what is loaded late gets a copy of the core', async () => {
    await writeFile(
      join(project, 'program.ts'),
      `${DECLARE}
       import { declareConversions } from 'sotto';
       class Document { readers = ['Ada']; }
       class Report extends Document { pages = [1, 2]; }
       const telemetry = createTelemetry({ ${GIVEN} });
       declareConversions(Report, { readers: 'count', pages: 'count' }, { event: 'report' });
       const { properties: before } = telemetry.preview(new Report())!;
       declareConversions(Document, { readers: 'forbidden' });
       const { properties: after } = telemetry.preview(new Report())!;
       telemetry.capture(event);
       telemetry.capture('opened', { count: 1 });
       telemetry.trackError(new Error('no such page'));
       const { recorded, dropped } = telemetry.status();
       await telemetry.shutdown();
       const told = ({ readers, pages }: Record<string, unknown>) => ({ readers, pages });
       console.log(JSON.stringify([told(before), told(after), recorded, dropped]));`,
    );
    const { status, stdout, stderr } = await runProgram(process.execPath, ['--import', TSX, 'program.ts'], {
      cwd: project,
      env: sandbox.env,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual([{ readers: 1, pages: 2 }, { pages: 2 }, 3, {}]);
  });
});

describe('a program with a yes', () => {
  it('comes to what records with its first event, and not before', async () => {
    const folder = await copyWithout('created', LATE_FILES);
    const created = `const telemetry = createTelemetry({ ${GIVEN} }); console.log('created');`;
    expect(await evaluate(folder, created)).toMatchObject({ status: 0, stdout: 'created\n', stderr: '' });
    const captured = await evaluate(folder, `${created} telemetry.capture(event);`);
    expect(captured.stdout).toBe('created\n');
    expect(captured.stderr).toContain('recording.js was loaded');
  });

  it('comes to what reads free text with its first text, and not for a typed event', async () => {
    const folder = await copyWithout('typed', ['scrubbing.js']);
    const capture = `
      const telemetry = createTelemetry({ ${GIVEN} });
      telemetry.capture(event);
      const { recorded } = telemetry.status();`;
    const typed = await evaluate(folder, `${capture} await telemetry.shutdown(); console.log(recorded);`);
    expect(typed).toMatchObject({ status: 0, stdout: '1\n', stderr: '' });
    const redacted = await evaluate(
      folder,
      `${capture} const { redactIdentifiableInfo } = await import('sotto'); redactIdentifiableInfo('ada@example.com');`,
    );
    expect(redacted.stderr).toContain('scrubbing.js was loaded');
  });
});

describe('a bundle', () => {
  const PROGRAM = `
    import { createTelemetry } from 'sotto';
    const telemetry = createTelemetry({ ${GIVEN}, store: { directory: process.argv[2] } });
    telemetry.capture('opened', { note: 'where is the total of a cart computed' });
    telemetry.trackError(new RangeError('no such page'));
    await telemetry.shutdown();
    console.log(telemetry.status().recorded);`;

  /** In a folder where nothing is installed. */
  async function bundleProgram(name: string, conditions?: readonly string[]): Promise<string> {
    await writeFile(join(project, 'program.mjs'), PROGRAM);
    const outDir = join(sandbox.root, 'bundles');
    return bundle(project, 'program.mjs', {
      name,
      outDir,
      conditions,
      external: ['@opentelemetry/otlp-transformer'],
    });
  }

  it('has all of it in one file', async () => {
    const path = await bundleProgram('whole');
    const directory = join(sandbox.root, 'bundled-state');
    const cwd = join(sandbox.root, 'bundles');
    const { status, stdout, stderr } = await runProgram(process.execPath, [path, directory], {
      cwd,
      env: sandbox.env,
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '2\n', stderr: '' });
    const ledger = join(directory, 'ledger');
    const [file = ''] = await readdir(ledger);
    expect(await readFile(join(ledger, file), 'utf8')).toContain('"event":"opened"');
  });

  it('that left files behind says so at its start, and what helps', async () => {
    const path = await bundleProgram('torn', ['production']);
    const { status, stdout, stderr } = await runProgram(process.execPath, [path], {
      cwd: join(sandbox.root, 'bundles'),
      env: sandbox.env,
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/PACKAGE_INCOMPLETE/);
    expect(stderr).toContain('resolve the condition `module`');
  });
});

it('is plain ASCII: one other character doubles what the engine holds and slows its start', async () => {
  for (const name of ['core.js', 'index.js', 'whole.js', ...LATE_FILES]) {
    const text = await readFile(join(distOf(project), name), 'utf8');
    expect([...text.matchAll(/[^\p{ASCII}].*/gu)].map(String)).toEqual([]);
  }
});
