import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { CONSENT_FILE, filesIn, run } from '../support.js';

const consentIn = (directory: string) =>
  JSON.parse(readFileSync(join(directory, CONSENT_FILE), 'utf8')) as Record<string, unknown>;

describe('enable', () => {
  it.each(['y', 'yes', 'Y', ' YES '])('keeps a yes when %j is typed', async (typed) => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['enable'], { typed: [typed] });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '✓ Telemetry enabled.\n' });
    expect(stderr).toContain('What is collected');
    expect(stderr).toContain('code_search');
    expect(stderr).toContain('Continue? [y/N]: ');
    expect(consentIn(directory)).toMatchObject({ telemetry_enabled: true, dry_run: false });
    expect(consentIn(directory).catalogue_version).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([['n'], [''], ['maybe'], ['yess'], [undefined]])(
    'changes nothing when %j is typed',
    async (typed) => {
      const directory = createDirectory();
      const { status, stdout } = await run(directory, ['enable'], { typed: [typed] });
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'Telemetry not enabled.\n' });
      expect(filesIn(directory)).toEqual([]);
    },
  );

  it('changes nothing and says how to go on where nobody can be asked', async () => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['enable', 'diagnostics']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      'Nothing was changed: this asks first, and standard input is no terminal. ' +
        'To go on without a question, run `acme telemetry enable diagnostics --yes`.\n',
    );
    expect(filesIn(directory)).toEqual([]);
  });

  it('asks nothing with --yes', async () => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['enable', '--yes']);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '✓ Telemetry enabled.\n', stderr: '' });
    expect(consentIn(directory)).toMatchObject({ telemetry_enabled: true });
  });

  it('ends with 130 and changes nothing when Ctrl-C is the answer', async () => {
    const directory = createDirectory();
    const interrupt = new AbortController();
    const { status, stdout } = await run(directory, ['enable'], {
      typed: [],
      interrupted: interrupt.signal,
      onWrite: (text) => text.includes('[y/N]: ') && setImmediate(() => interrupt.abort()),
    });
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    expect(filesIn(directory)).toEqual([]);
  });

  it('ends with 130 and changes nothing when Ctrl-C is typed', async () => {
    const directory = createDirectory();
    const { status, stdout } = await run(directory, ['enable'], { typed: ['\u0003'] });
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    expect(filesIn(directory)).toEqual([]);
  });

  it.each([
    ['a yes that was typed before the question', 'y\n', '\u0004'],
    ['a y before it and Enter behind it', 'y', ''],
    ['a yes with more behind it', '', 'y\rrest of what was pasted'],
  ])('takes %s for no answer', async (_, typedAhead, typed) => {
    const directory = createDirectory();
    const { status, stdout } = await run(directory, ['enable'], { typedAhead, typed: [typed] });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'Telemetry not enabled.\n' });
    expect(filesIn(directory)).toEqual([]);
  });

  it('says what still holds telemetry off, and what to do about it', async () => {
    const env = { ACME_DISABLE_TELEMETRY: '1' };
    const { status, stdout, stderr } = await run(createDirectory(), ['enable', '--yes'], { env });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '✓ Telemetry enabled.\n' });
    expect(stderr).toContain(
      'Telemetry is off: ACME_DISABLE_TELEMETRY says so. Unset ACME_DISABLE_TELEMETRY.',
    );
  });

  it('says that events are not sent when something asks for a dry run', async () => {
    const env = { ACME__TELEMETRY__DRY_RUN: '1' };
    const { stderr } = await run(createDirectory(), ['enable', '--yes'], { env });
    expect(stderr).toContain('ACME__TELEMETRY__DRY_RUN asks for a dry run');
  });

  it('allows a part by its own name, after showing what it adds', async () => {
    const directory = createDirectory();
    await run(directory, ['enable', '--yes']);
    const { stdout, stderr } = await run(directory, ['enable', 'tools-over-privacy'], { typed: ['y'] });
    expect(stdout).toBe('✓ Tools over privacy enabled.\n');
    expect(stderr).toContain('code_search: query_redacted');
    expect(consentIn(directory)).toMatchObject({ telemetry_enabled: true, tools_over_privacy: true });
  });

  it('says that a part needs telemetry as a whole', async () => {
    const directory = createDirectory();
    const { stdout, stderr } = await run(directory, ['enable', 'diagnostics', 'crash-reporting', '--yes']);
    expect(stdout).toBe('✓ Crash reporting enabled.\n✓ Diagnostics enabled.\n');
    expect(stderr).toContain('Telemetry is off: nobody has agreed to it.');
    expect(consentIn(directory)).toMatchObject({ diagnostics_enabled: true, crash_reporting_enabled: true });
  });

  it('refuses a part that does not exist', async () => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['enable', 'everything', '--yes']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Allowed choices are usage-analytics, error-reporting');
    expect(filesIn(directory)).toEqual([]);
  });

  it('ends with 1 and one sentence when the answer cannot be kept', async () => {
    const directory = createDirectory();
    mkdirSync(join(directory, CONSENT_FILE));
    const { status, stdout, stderr } = await run(directory, ['enable', '--yes']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The decision about telemetry could not be kept[^\n]+\n$/);
  });
});
