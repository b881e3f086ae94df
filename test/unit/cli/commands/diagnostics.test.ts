import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { filesIn, run } from '../support.js';

const NAMES = ['manifest.json', 'telemetry.json', 'crashes.json'];
const BUNDLE = /^acme-diagnostics-\d{8}_\d{6}-[0-9a-f]{8}\.zip$/;

/** Everything that a zip holds, as JSON. */
const read = (path: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(unzipSync(new Uint8Array(readFileSync(path)))).map(([name, bytes]) => [
      name,
      JSON.parse(strFromU8(bytes)) as unknown,
    ]),
  );

async function withConsent(): Promise<string> {
  const directory = createDirectory();
  await run(directory, ['enable', '--yes']);
  await run(directory, ['enable', 'diagnostics', '--yes']);
  return directory;
}

const bundlesIn = (directory: string) => readdirSync(join(directory, 'diagnostics'));

describe('diagnostics', () => {
  it('writes a zip and says where it is and what is in it', async () => {
    const directory = await withConsent();
    const { status, stdout, stderr } = await run(directory, ['diagnostics']);
    const [name = ''] = bundlesIn(directory);
    const path = join(directory, 'diagnostics', name);
    expect(name).toMatch(BUNDLE);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^✓ Diagnostics written to .+ \(\d+(\.\d)? k?B\)\.$/);
    expect(stdout).toContain(path);
    for (const file of NAMES) expect(stdout).toContain(`  ${file} `);
    expect(stderr).toBe('It was sent to nobody. Look at it before you hand it on.\n');
    expect(Object.keys(read(path))).toEqual(NAMES);
    expect(read(path)['manifest.json']).toMatchObject({ app: 'acme', diagnostics_active: true });
  });

  it('prints path, size and names as JSON', async () => {
    const directory = await withConsent();
    const { stdout } = await run(directory, ['diagnostics', '--json']);
    const { path, bytes, files } = JSON.parse(stdout) as { path: string; bytes: number; files: string[] };
    expect(path).toBe(join(directory, 'diagnostics', bundlesIn(directory)[0] ?? ''));
    expect(bytes).toBe(statSync(path).size);
    expect(files).toEqual(NAMES);
  });

  it.each([
    ['telemetry is off', []],
    ['diagnostics are not allowed', [['enable', '--yes']]],
    [
      'diagnostics were stopped',
      [
        ['enable', '--yes'],
        ['enable', 'diagnostics', '--yes'],
        ['disable', 'diagnostics'],
      ],
    ],
  ])('writes nothing and says what to do while %s', async (_, before) => {
    const directory = createDirectory();
    for (const args of before) await run(directory, args);
    const files = filesIn(directory);
    const { status, stdout, stderr } = await run(directory, ['diagnostics', 'mine.zip'], { cwd: directory });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^No file was written\. .+ Run `acme telemetry enable.*\n$/);
    expect(filesIn(directory)).toEqual(files);
  });

  it('writes the file that is named, for its user only, and no other', async () => {
    const [directory, cwd] = [await withConsent(), createDirectory()];
    const { status, stdout } = await run(directory, ['diagnostics', 'mine.zip'], { cwd });
    const path = join(cwd, 'mine.zip');
    expect(status).toBe(0);
    expect(stdout).toContain(`Diagnostics written to ${path} (`);
    expect(Object.keys(read(path))).toEqual(NAMES);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(join(directory, 'diagnostics'))).toBe(false);
  });

  it('replaces a file only with --force', async () => {
    const [directory, cwd] = [await withConsent(), createDirectory()];
    writeFileSync(join(cwd, 'mine.zip'), 'before');
    const refused = await run(directory, ['diagnostics', 'mine.zip'], { cwd });
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/ The option --force allows it\.\n$/);
    expect(readFileSync(join(cwd, 'mine.zip'), 'utf8')).toBe('before');
    expect(await run(directory, ['diagnostics', 'mine.zip', '--force'], { cwd })).toMatchObject({
      status: 0,
    });
    expect(Object.keys(read(join(cwd, 'mine.zip')))).toEqual(NAMES);
  });

  it('does not write a zip onto a terminal or into a pipe', async () => {
    const { status, stdout, stderr } = await run(await withConsent(), ['diagnostics', '-']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^A zip file is not written to standard output\. [^\n]+\n$/);
  });

  it('ends with 1 and one sentence where no file can be made', async () => {
    const directory = await withConsent();
    writeFileSync(join(directory, 'diagnostics'), '');
    const { status, stdout, stderr } = await run(directory, ['diagnostics']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The diagnostics bundle was not written: [^\n]+\n$/);
  });

  it.each([[], ['mine.zip']])('ends with 130 and leaves nothing behind after Ctrl-C: %j', async (...args) => {
    const [directory, cwd] = [await withConsent(), createDirectory()];
    mkdirSync(join(directory, 'diagnostics'), { mode: 0o700 });
    const interrupted = AbortSignal.abort();
    const { status, stdout } = await run(directory, ['diagnostics', ...args], { cwd, interrupted });
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    expect([...bundlesIn(directory), ...filesIn(cwd)]).toEqual([]);
  });

  it('shows on a terminal how far it is, and takes that away', async () => {
    const { status, stderr } = await run(await withConsent(), ['diagnostics'], { typed: [] });
    expect(status).toBe(0);
    expect(stderr).toMatch(/\rWriting \[#+-+\] 33 %/);
    expect(stderr).toContain('\r\u001b[K');
  });
});
