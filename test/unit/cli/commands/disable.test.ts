import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { CONSENT_FILE, filesIn, record, run } from '../support.js';

const read = (directory: string) => readFileSync(join(directory, CONSENT_FILE), 'utf8');

describe('disable', () => {
  it('stops everything at once and erases what tells this installation from another', async () => {
    const directory = createDirectory();
    await run(directory, ['enable', '--yes']);
    await record(directory);
    expect(filesIn(directory)).toContain('secret');
    const { status, stdout, stderr } = await run(directory, ['disable']);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: '✓ Telemetry disabled. Nothing is recorded or sent any more.\n',
    });
    expect(stderr).toContain('`acme telemetry clear-data`');
    expect(filesIn(directory)).not.toContain('secret');
    expect(JSON.parse(read(directory))).toMatchObject({
      telemetry_enabled: false,
      usage_analytics_enabled: false,
      user_id: null,
      install_id: null,
    });
    const after = await run(directory, ['status', '--json']);
    expect(JSON.parse(after.stdout)).toMatchObject({ mode: 'off', why: { layer: 'consent_file' } });
  });

  it('keeps a no where nothing was decided before', async () => {
    const directory = createDirectory();
    const { status, stderr } = await run(directory, ['disable']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(filesIn(directory)).toEqual([CONSENT_FILE]);
  });

  it('stops a part and leaves the rest', async () => {
    const directory = createDirectory();
    await run(directory, ['enable', '--yes']);
    const { stdout } = await run(directory, ['disable', 'usage-analytics', 'error-reporting']);
    expect(stdout).toBe('✓ Usage analytics disabled.\n✓ Error reporting disabled.\n');
    expect(JSON.parse(read(directory))).toMatchObject({
      telemetry_enabled: true,
      usage_analytics_enabled: false,
      error_reporting_enabled: false,
    });
  });

  it('ends with 1 and one sentence when the no cannot be kept', async () => {
    const file = join(createDirectory(), 'a-file');
    writeFileSync(file, '');
    const { status, stdout, stderr } = await run(join(file, 'below'), ['disable']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The decision about telemetry could not be kept[^\n]+\n$/);
  });
});

describe('local', () => {
  it('records for the person to see, and asks nothing', async () => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['local']);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: '✓ Events are recorded for you to see, and never sent.\n',
      stderr: 'To see them, run `acme telemetry show-data`.\n',
    });
    const after = await run(directory, ['status', '--json']);
    expect(JSON.parse(after.stdout)).toMatchObject({ mode: 'local', host: null });
  });

  it('is undone by enable', async () => {
    const directory = createDirectory();
    await run(directory, ['local']);
    await run(directory, ['enable', '--yes']);
    const after = await run(directory, ['status', '--json']);
    expect(JSON.parse(after.stdout)).toMatchObject({ mode: 'on' });
  });
});
