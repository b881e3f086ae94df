import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEERS } from '../../../src/internal/index.js';
import { findFreePort } from '../../support/free-port.js';
import { installed } from '../support/checkout.js';
import { installInto, packPackage } from '../support/packed-package.js';
import { type Outcome, startProgram } from '../support/program.js';
import { createSandbox, type Sandbox } from '../support/sandbox.js';
import { hasTools } from '../support/tools.js';
import { type CheckedBlock, DOCUMENTS, type Page, readPage } from './documents.js';
import { executedBlocks, outputsOf, portsOf, showsOutput, toScript, withPorts } from './page-script.js';
import { sourcesOf, typeCheck } from './typed-project.js';

const TOOLS = ['bash', 'curl', 'jq', 'sha256sum'];

/** What the pages suppose to be installed, where they do not install it themselves. */
const { server, database, pglite, operation } = PEERS;
const PACKAGES = [...server, ...database, ...pglite, ...operation, '@types/node', 'tsx'];

let sandbox: Sandbox;
let project: string;
let prelude: string;

const pages = DOCUMENTS.map(readPage);
const typed = pages.flatMap((page) => {
  const blocks = executedBlocks(page);
  return blocks ? [{ page, blocks, path: page.path }] : [];
});

// A machine that checks changes has the tools; on others the documents are tested by the rest.
describe.runIf(hasTools(TOOLS))('with the package installed', () => {
  beforeAll(async () => {
    sandbox = await createSandbox();
    const { tarball } = await packPackage(sandbox.root);
    project = join(sandbox.root, 'project');
    await installInto(project, tarball, PACKAGES);
    prelude = npmOf(tarball) + NPX;
  }, 300_000);
  afterAll(() => sandbox?.[Symbol.dispose]());

  it('the code of every document compiles', async () => {
    expect(pages.flatMap(sourcesOf).length).toBeGreaterThan(15);
    expect(await typeCheck(pages, project)).toBe('');
  });

  it.each(typed)(
    'the commands of $path do what it shows, typed from top to bottom',
    { timeout: 200_000 },
    async ({ page, blocks }) => {
      const ports = new Map<string, string>();
      for (const port of portsOf(blocks)) ports.set(port, String(await findFreePort()));
      const script = withPorts(toScript(blocks, prelude), ports);
      const { status, stdout } = await type(script, page, ports);
      const outputs = outputsOf(withPorts(stdout, new Map([...ports].map(([shown, free]) => [free, shown]))));
      const last = blocks[outputs.length - 1];
      const where = status === 0 ? 'ended' : `${page.path}:${last?.firstLine} broke off`;
      expect({ status, where, stdout }).toMatchObject({ status: 0, where: 'ended' });
      for (const { shown, output, line } of shownOutputs(page, blocks, outputs))
        expect(
          showsOutput(shown, output),
          `${page.path}:${line} shows otherwise. It printed:\n${output}`,
        ).toBe(true);
    },
  );
});

/** What the page says that its blocks print, with what they printed. */
function shownOutputs({ blocks }: Page, executed: readonly CheckedBlock[], outputs: readonly string[]) {
  return blocks.flatMap(({ check, lines, firstLine }, index) => {
    const typed = blocks[index - 1];
    if (check !== 'compared' || typed === undefined) return [];
    return [{ shown: lines, output: outputs[executed.indexOf(typed)] ?? '', line: firstLine }];
  });
}

/** In a folder and a home of the page's own, within a project that has installed the package. */
async function type(
  script: string,
  { path, blocks }: Page,
  ports: ReadonlyMap<string, string>,
): Promise<Outcome> {
  const folder = join(project, path.replaceAll(/[^a-z]+/gi, '-'));
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  for (const { marks, lines, check } of blocks)
    if (marks.file !== undefined && check === 'type-checked')
      writeFileSync(join(folder, marks.file), withPorts(`${lines.join('\n')}\n`, ports));
  const env = { ...sandbox.env, HOME: home, LANG: 'C.UTF-8', NO_COLOR: '1' };
  await using program = startProgram('bash', ['-euc', script], { cwd: folder, env });
  return await program.outcome;
}

/** Installs what the page names in the versions of this checkout, the package itself from its tarball. */
function npmOf(tarball: string): string {
  const known = PACKAGES.map((name) => `${name}) words+=('${installed(name)}');;`).join('\n');
  const { NODE_EXTRA_CA_CERTS: certificates = '' } = process.env;
  return `
npm() {
  local word words=()
  for word in "$@"; do
    case "$word" in
      sotto) words+=('${tarball}');;
      ${known}
      *) words+=("$word");;
    esac
  done
  HOME='${homedir()}' NODE_EXTRA_CA_CERTS='${certificates}' command npm --no-audit --no-fund --prefer-offline "\${words[@]}"
}`;
}

/** Runs what is installed nearest, as npx does, which takes half a second more for each of some forty calls. */
const NPX = `
npx() {
  local folder=$PWD program=$1
  until [ -z "$folder" ] || [ -x "$folder/node_modules/.bin/$program" ]; do folder=\${folder%/*}; done
  shift
  "$folder/node_modules/.bin/$program" "$@"
}`;
