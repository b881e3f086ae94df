import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asNobody, createDirectory } from '../../../support/directories.js';
import { CONSENT_FILE, filesIn, record, run } from '../support.js';

const CRASH_FILE = 'crash_20261121_083000_1b4e28ba.json';

async function withData(): Promise<string> {
  const directory = createDirectory();
  await run(directory, ['enable', '--yes']);
  await record(directory);
  mkdirSync(join(directory, 'crashes', 'older'), { recursive: true });
  writeFileSync(join(directory, 'crashes', 'older', CRASH_FILE), '{}');
  return directory;
}

describe('clear-data', () => {
  it('deletes events and crash reports, also in folders inside, and leaves the rest', async () => {
    const directory = await withData();
    const { status, stdout, stderr } = await run(directory, ['clear-data', '--yes']);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '✓ Deleted 2 files.\n', stderr: '' });
    expect(filesIn(directory)).toEqual(expect.arrayContaining([CONSENT_FILE, 'secret']));
    expect(filesIn(directory).join()).not.toMatch(/crash_|telemetry_\d/);
    const again = await run(directory, ['clear-data', '--yes']);
    expect({ status: again.status, stdout: again.stdout }).toEqual({
      status: 0,
      stdout: '✓ Deleted 0 files.\n',
    });
  });

  it.each([
    ['y', '✓ Deleted 2 files.\n'],
    ['n', 'Data not cleared.\n'],
    ['', 'Data not cleared.\n'],
    [undefined, 'Data not cleared.\n'],
  ])('asks on a terminal; %j is answered with %j', async (typed, expected) => {
    const directory = await withData();
    const { status, stdout, stderr } = await run(directory, ['clear-data'], { typed: [typed] });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expected });
    expect(stderr).toContain(`This deletes everything that was recorded and counted in ${directory}.\n`);
    expect(stderr).toContain('Continue? [y/N]: ');
  });

  it('deletes nothing where nobody can be asked', async () => {
    const directory = await withData();
    const before = filesIn(directory);
    const { status, stdout, stderr } = await run(directory, ['clear-data']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('run `acme telemetry clear-data --yes`');
    expect(filesIn(directory)).toEqual(before);
  });

  it('draws its progress on a terminal, and takes it away', async () => {
    const directory = await withData();
    const { stderr } = await run(directory, ['clear-data', '--yes'], { typed: [] });
    expect(stderr).toMatch(/^\rDeleting \[#+-*\] \d+ %[^\n]*$/);
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  it('ends with 1 and names what could not be deleted', async () => {
    const directory = await withData();
    const folder = join(directory, 'crashes', 'older');
    chmodSync(directory, 0o755);
    chmodSync(join(directory, 'crashes'), 0o755);
    chmodSync(folder, 0o555);
    const { status, stdout, stderr } = await asNobody(() => run(directory, ['clear-data', '--yes']));
    chmodSync(folder, 0o755);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✓ Deleted \d files?\.\n$/);
    expect(stderr).toContain('could not be deleted');
    expect(stderr).toContain(`  older/${CRASH_FILE}\n`);
  });

  it('creates nothing where there was nothing', async () => {
    const directory = join(createDirectory(), 'never-made');
    const { status, stdout } = await run(directory, ['clear-data', '--yes']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '✓ Deleted 0 files.\n' });
    expect(filesIn(join(directory, '..'))).toEqual([]);
  });
});
