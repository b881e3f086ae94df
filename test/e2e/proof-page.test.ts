import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEERS } from '../../src/internal/index.js';
import { findFreePort } from '../support/free-port.js';
import { CHECKOUT } from './support/checkout.js';
import { installInto, packPackage } from './support/packed-package.js';
import { runProgram } from './support/program.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';
import { hasTools } from './support/tools.js';

const TOOLS = ['bash', 'curl', 'jq', 'sha256sum'];
const PAGE = readFileSync(join(CHECKOUT, 'docs', 'PROOF.md'), 'utf8');

/** What stands between two blocks of the output. */
const MARK = '-- next block';

let sandbox: Sandbox;
let project: string;

/** The commands of the page, block by block. */
const blocks = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);

// A machine that checks changes has the tools; on others the parts are tested on their own.
describe.runIf(hasTools(TOOLS))('docs/PROOF.md', () => {
  beforeAll(async () => {
    sandbox = await createSandbox();
    const { tarball } = await packPackage(sandbox.root);
    project = join(sandbox.root, 'proof');
    await installInto(project, tarball, PEERS.server);
  });
  afterAll(() => sandbox?.[Symbol.dispose]());

  it('begins with what is done here by other means', () => {
    expect(blocks.slice(0, 2)).toEqual([
      'npm ci && npm run build && npm pack\n',
      'mkdir ../proof && cd ../proof && npm init -y && npm pkg set type=module\n' +
        `npm install ../sotto/sotto-*.tgz ${PEERS.server.join(' ')}\n`,
    ]);
  });

  it('holds what it says, typed from top to bottom', { timeout: 400_000 }, async () => {
    const port = String(await findFreePort());
    const script = blocks.slice(2).join(`echo '${MARK}'\n`).replaceAll('7311', port);
    const typed = `trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n${script}`;
    const { status, stdout, stderr } = await runProgram('bash', ['-euc', typed], {
      cwd: project,
      env: sandbox.env,
    });
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
    const [, catalogue, change, , sent, flipped, conformance, leaktest, leak, without] = stdout.split(
      `${MARK}\n`,
    );

    const hashes = [...(catalogue ?? '').matchAll(/^[0-9a-f]{64}/gm)].map(String);
    expect(hashes).toHaveLength(2);
    expect(new Set(hashes).size).toBe(1);
    expect(change).toContain('report_made.tool');
    expect(change).toContain('more would be collected\n');
    expect(sent).toContain('made report.pdf\nnothing was kept\nmade report.pdf\n');
    expect(sent).toContain('1 signed by a given key');
    expect(sent).toContain('Everything that was checked holds.');
    expect(flipped).toContain('the change was found\n');
    expect(conformance).toMatch(/^\d{2,} passed, 0 failed/m);
    expect(leaktest).toMatch(/^\d+ passed, 0 failed/m);
    expect(leak).toMatch(/^\d+ passed, 1 failed/m);
    // By a sign where the terminal has it.
    expect(leak).toMatch(/^(?:✗|FAILED) headers /m);
    expect(leak).toContain('the leak was found\n');
    expect(without).toBe('made report.pdf\nnode_modules/sotto/dist/http-exchange.js\nno sign of a network\n');
    expect(sandbox.leftOver()).toEqual([]);
  });
});
