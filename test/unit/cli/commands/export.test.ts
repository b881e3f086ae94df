import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { CONSENT_FILE, record, run } from '../support.js';

interface Exported {
  readonly config: unknown;
  readonly telemetry_files: readonly { filename: string; data: { events: readonly unknown[] } }[];
  readonly crash_files: readonly unknown[];
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Exported;

describe('export', () => {
  it('writes everything into one file that only its user can read', async () => {
    const directory = createDirectory();
    const path = join(createDirectory(), 'mine.json');
    await run(directory, ['enable', '--yes']);
    await record(directory);
    const { status, stdout, stderr } = await run(directory, ['export', path]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: `✓ Data exported to ${path}.\n`,
      stderr: '',
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { config, telemetry_files, crash_files } = read(path);
    expect(config).toEqual(JSON.parse(readFileSync(join(directory, CONSENT_FILE), 'utf8')));
    expect(telemetry_files.map(({ data }) => data.events.length)).toEqual([1]);
    expect(crash_files).toEqual([]);
  });

  it.each(['', 'null', '[1', '{"telemetry_enabled":'])(
    'writes a valid file although the consent file holds %j',
    async (text) => {
      const directory = createDirectory();
      const path = join(createDirectory(), 'mine.json');
      writeFileSync(join(directory, CONSENT_FILE), text);
      expect(await run(directory, ['export', path])).toMatchObject({ status: 0 });
      expect(read(path)).toEqual({
        config: {},
        telemetry_files: [],
        crash_files: [],
        usage: { features: {}, hooks: {}, events: [] },
      });
    },
  );

  it('takes a relative name from where the person stands', async () => {
    const cwd = createDirectory();
    const { status } = await run(createDirectory(), ['export', 'mine.json'], { cwd });
    expect(status).toBe(0);
    expect(read(join(cwd, 'mine.json')).config).toEqual({});
  });

  it('replaces a file only with --force', async () => {
    const path = join(createDirectory(), 'mine.json');
    writeFileSync(path, 'before');
    const refused = await run(createDirectory(), ['export', path]);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/was left as it is\..* The option --force allows it\.\n$/);
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(await run(createDirectory(), ['export', path, '--force'])).toMatchObject({ status: 0 });
    expect(read(path).config).toEqual({});
  });

  it('does not replace the decision, not even with --force', async () => {
    const directory = createDirectory();
    await run(directory, ['disable']);
    const before = readFileSync(join(directory, CONSENT_FILE), 'utf8');
    const { status, stdout, stderr } = await run(directory, ['export', CONSENT_FILE, '--force'], {
      cwd: directory,
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The data was not exported: [^\n]+\n$/);
    expect(readFileSync(join(directory, CONSENT_FILE), 'utf8')).toBe(before);
  });

  it.each([
    ['a folder that does not exist', 'nowhere/mine.json'],
    ['a folder in its place', 'folder'],
    ['a file in the place of its folder', 'file/mine.json'],
  ])('ends with 1 and one sentence for %s', async (_, name) => {
    const cwd = createDirectory();
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(join(cwd, 'file'), '');
    const { status, stdout, stderr } = await run(createDirectory(), ['export', name, '--force'], { cwd });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The data was not exported: [^\n]+\n$/);
  });

  it('ends with 130 and leaves nothing behind after Ctrl-C', async () => {
    const cwd = createDirectory();
    const { status, stdout } = await run(createDirectory(), ['export', 'mine.json'], {
      cwd,
      interrupted: AbortSignal.abort(),
    });
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    expect(existsSync(join(cwd, 'mine.json'))).toBe(false);
  });

  it('ends with 2 when no file is named', async () => {
    const { status, stderr } = await run(createDirectory(), ['export']);
    expect(status).toBe(2);
    expect(stderr).toContain("missing required argument 'file'");
  });
});
