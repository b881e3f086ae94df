import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT, TSX } from './support/checkout.js';
import { runProgram, startProgram } from './support/program.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';
import { hasTools } from './support/tools.js';

const SOTTO = [process.execPath, '--import', TSX, join(CHECKOUT, 'src', 'cli', 'program.ts')];
const TOOLS = ['bash', 'curl', 'jq'];
const EMAIL = 'someone@example.com';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox[Symbol.dispose]());

/** The commands of the document, but for the first one, which starts the server. */
function commandsOf(document: string): { readonly first: string; readonly rest: string } {
  const block = /```bash\n([\s\S]*?)```/.exec(readFileSync(join(CHECKOUT, document), 'utf8'))?.[1] ?? '';
  const end = block.indexOf('\n');
  return { first: block.slice(0, end), rest: block.slice(end + 1) };
}

// A machine that checks changes has the tools; on others the rest of the tests speaks for the API.
describe.runIf(hasTools(TOOLS))('the quickstart of the local API', () => {
  it('works as it is printed, from an empty home to a bundle without a person in it', async () => {
    const { first, rest } = commandsOf('docs/local-api.md');
    expect(first).toBe('npx sotto serve --app studio &');
    const options = {
      cwd: join(sandbox.root, 'home'),
      env: { ...sandbox.env, TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json') },
    };
    await using server = startProgram(
      SOTTO[0] as string,
      [...SOTTO.slice(1), 'serve', '--app', 'studio', '--port', '0'],
      options,
    );
    const port = await server.printed(/^http:\/\/127\.0\.0\.1:(\d+)\/api\/telemetry\n/);
    expect(sandbox.leftOver()).toEqual([]);

    const script = rest
      .replaceAll('npx sotto', SOTTO.map((word) => `'${word}'`).join(' '))
      .replaceAll('127.0.0.1:8001', `127.0.0.1:${port}`)
      .replaceAll(/^# .*$/gm, 'echo');
    const { status, stdout, stderr } = await runProgram('bash', ['-euc', script], options);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const answers = stdout
      .trim()
      .split(/\n(?=\{)/)
      .map((text) => JSON.parse(text));
    expect(answers).toMatchObject([
      { flag_enabled: false, telemetry_active: false, diagnostics_active: false, dry_run: true },
      { flags: { enable_observability: true, enable_privacy_telemetry: true }, feature_flag: true },
      {
        ok: true,
        settings: { telemetry_opt_in: true, crash_opt_in: false, diagnostics_opt_in: true, dry_run: true },
      },
      { ok: true, recorded: true, telemetry_active: true },
    ]);

    const [bundle = ''] = readdirSync(options.cwd).filter((name) => name.endsWith('.zip'));
    expect(bundle).toMatch(/^studio-diagnostics-\d{8}_\d{6}-[0-9a-f]{8}\.zip$/);
    const files = unzipSync(readFileSync(join(options.cwd, bundle)));
    const text = Object.values(files)
      .map((bytes) => new TextDecoder().decode(bytes))
      .join('\n');
    expect(Object.keys(files).sort()).toEqual(['crashes.json', 'manifest.json', 'telemetry.json']);
    expect(text).not.toContain(EMAIL);
    expect(text).not.toContain('character.hero');
    expect(everything(options.cwd)).not.toContain(EMAIL);
  });
});

/** What all files of the home hold. */
function everything(home: string): string {
  return readdirSync(home, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}
