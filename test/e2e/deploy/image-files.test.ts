import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerWith, RecordingServer } from '../../support/recording-server.js';
import { CHECKOUT } from '../support/checkout.js';
import { runProgram } from '../support/program.js';

const IMAGE = join(CHECKOUT, 'deploy', 'image');
const EMBEDDED = '@electric-sql/pglite';

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-image-'));
  await copyFile(join(CHECKOUT, 'package.json'), join(folder, 'package.json'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (file: string, args: readonly string[] = [], env: Record<string, string> = {}) =>
  runProgram(process.execPath, [join(IMAGE, file), ...args], { cwd: folder, env });
const readManifest = async (place: string) =>
  JSON.parse(await readFile(join(place, 'package.json'), 'utf8')) as Manifest;

describe('what the image installs', () => {
  it('is what the package needs, and the optional packages that its services load, and nothing else', async () => {
    const { dependencies, peerDependencies } = await readManifest(CHECKOUT);
    const loaded = await packagesOf(join(CHECKOUT, 'src', 'server'));
    const peers = Object.keys(peerDependencies).filter((name) => loaded.has(name) && name !== EMBEDDED);
    expect(peers.length).toBeGreaterThan(5);

    expect(await run('keep-production.mjs')).toMatchObject({ status: 0, stderr: '' });
    const production = await readManifest(folder);
    expect(Object.keys(production.dependencies).sort()).toEqual(
      [...Object.keys(dependencies), ...peers].sort(),
    );
    expect(production).not.toHaveProperty('devDependencies');
    expect(production).not.toHaveProperty('peerDependencies');
  });

  it('stays what the package says of itself otherwise', async () => {
    await run('keep-production.mjs');
    const { dependencies, devDependencies, peerDependencies, peerDependenciesMeta, scripts, ...own } =
      (await readManifest(CHECKOUT)) as Manifest & Record<string, unknown>;
    expect(await readManifest(folder)).toMatchObject(own);
  });

  it('has a version in the lockfile, for each of them', async () => {
    await run('keep-production.mjs', [], { EXTRA_PACKAGES: EMBEDDED });
    const lock = JSON.parse(await readFile(join(CHECKOUT, 'package-lock.json'), 'utf8')) as {
      packages: object;
    };
    const { dependencies } = await readManifest(folder);
    const unlocked = Object.keys(dependencies).filter(
      (name) => !Object.hasOwn(lock.packages, `node_modules/${name}`),
    );
    expect(unlocked).toEqual([]);
  });

  it('has the embedded database where that is asked for', async () => {
    await run('keep-production.mjs', [], { EXTRA_PACKAGES: EMBEDDED });
    expect((await readManifest(folder)).dependencies).toHaveProperty(EMBEDDED);
  });

  it('is refused where a package is asked for that is none of ours', async () => {
    const { status, stderr } = await run('keep-production.mjs', [], {
      EXTRA_PACKAGES: `${EMBEDDED} left-pad`,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('no optional package');
    expect(await readManifest(folder)).toEqual(await readManifest(CHECKOUT));
  });
});

describe('the health check of the image', () => {
  const check = async (status: number) => {
    const server = await RecordingServer.start();
    server.answer = answerWith(status);
    const { port } = new URL(server.url);
    const ready = await run('check-health.mjs', ['/ready', port]);
    await server.close();
    const gone = await run('check-health.mjs', ['/ready', port]);
    return { asked: server.requests.map(({ url }) => url), ready, gone };
  };

  it.each([
    [200, 0],
    [503, 1],
  ])('ends, where the process answers with %i, with %i, and in silence', async (answer, status) => {
    const { asked, ready, gone } = await check(answer);
    expect(asked).toEqual(['/ready']);
    expect(ready).toEqual({ status, stdout: '', stderr: '' });
    expect(gone).toEqual({ status: 1, stdout: '', stderr: '' });
  });
});

/** The packages that the files of a folder import, by their names. */
async function packagesOf(place: string): Promise<ReadonlySet<string>> {
  const files = (await readdir(place, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(place, file), 'utf8')));
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/(?:\bfrom|\bimport\()\s*'((?:@[^/']+\/)?[^./'][^/']*)/g),
  ]);
  return new Set(imports.map(([, name = '']) => name));
}
