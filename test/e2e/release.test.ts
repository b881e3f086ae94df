import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORKFLOWS } from '../unit/release/workflows.js';
import { CHECKOUT, TSX } from './support/checkout.js';
import { type Outcome, runProgram } from './support/program.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';

const NPM_PRINTS = '#!/bin/sh\necho 11.19.1\n';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox[Symbol.dispose]());

/** A folder with a `package.json` and a program that is found before all others. */
async function createProject(manifest: object, program: string, script: string): Promise<string> {
  const folder = await mkdtemp(join(sandbox.root, 'project-'));
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, program), script);
  await chmod(join(folder, program), 0o755);
  return folder;
}

const environmentOf = (folder: string, variables: Readonly<Record<string, string>>) => ({
  ...sandbox.env,
  PATH: [folder, process.env.PATH].join(delimiter),
  GITHUB_REPOSITORY: 'acme/sotto',
  ...variables,
});

describe('the check before a release', () => {
  async function check(manifest: object): Promise<Outcome> {
    const folder = await createProject(manifest, 'npm', NPM_PRINTS);
    const program = join(CHECKOUT, 'scripts', 'release', 'check-publishable.ts');
    return runProgram(process.execPath, ['--import', TSX, program], {
      cwd: folder,
      env: environmentOf(folder, {}),
    });
  }

  it('passes in silence where npm will take the release', async () => {
    const repository = { type: 'git', url: 'git+https://github.com/acme/sotto.git' };
    expect(await check({ repository })).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('fails where package.json names no repository, and says what to add', async () => {
    const { status, stderr } = await check({});
    expect(status).toBe(1);
    expect(stderr).toMatch(/^package\.json names no repository, .+ Add "repository": .+\n$/);
  });
});

describe('the question whether a version is still to be published', () => {
  /** What the step of the workflow hands on, where GitHub knows these tags that begin like the one of the version. */
  async function ask(gh: string): Promise<{ status: number | null; handedOn: string }> {
    const steps = WORKFLOWS.flatMap(({ workflow }) => workflow.jobs.version?.steps ?? []);
    const [script = ''] = steps.flatMap(({ run }) => (run?.includes('GITHUB_OUTPUT') ? [run] : []));
    const folder = await createProject({ version: '1.2.0' }, 'gh', `#!/bin/sh\n${gh}\n`);
    const output = join(folder, 'output');
    await writeFile(output, '');
    // As the runner does.
    const { status } = await runProgram('bash', ['-e', '-c', script], {
      cwd: folder,
      env: environmentOf(folder, { GITHUB_OUTPUT: output }),
    });
    return { status, handedOn: await readFile(output, 'utf8') };
  }

  it.each([
    ['no tag begins like it', ':'],
    ['only a longer one does', 'echo refs/tags/v1.2.0-next.1'],
  ])('is answered with its tag where %s', async (_case, gh) => {
    expect(await ask(gh)).toEqual({ status: 0, handedOn: 'tag=v1.2.0\n' });
  });

  it('is answered with nothing where the tag is there', async () => {
    const tags = 'echo refs/tags/v1.2.0-next.1; echo refs/tags/v1.2.0';
    expect(await ask(tags)).toEqual({ status: 0, handedOn: '' });
  });

  it('fails where GitHub gives no answer', async () => {
    const { status, handedOn } = await ask('exit 1');
    expect(status).not.toBe(0);
    expect(handedOn).toBe('');
  });

  it('asks of this repository and this version', async () => {
    const asked = 'test "$*" = "api repos/acme/sotto/git/matching-refs/tags/v1.2.0 --jq .[].ref"';
    expect(await ask(asked)).toMatchObject({ status: 0 });
  });
});
