import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { CONSENT_FILE, run } from '../support.js';

describe('why', () => {
  it('says what to do when nobody has decided anything', async () => {
    const { status, stdout } = await run(createDirectory(), ['why']);
    expect(status).toBe(0);
    expect(stdout).toBe(
      'Telemetry is off: nobody has agreed to it.\n' +
        '  To change it  Run `acme telemetry enable`, or set ACME_TELEMETRY_ENABLED=true.\n',
    );
  });

  it('names the variable that decided, and what stands behind it', async () => {
    const directory = createDirectory();
    await run(directory, ['disable']);
    const { stdout } = await run(directory, ['why'], { env: { DO_NOT_TRACK: '1' } });
    expect(stdout).toContain('Telemetry is off: DO_NOT_TRACK says so.');
    expect(stdout).toMatch(/Decided by +DO_NOT_TRACK\n/);
    expect(stdout).toMatch(/To change it +Unset DO_NOT_TRACK\./);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Then also ');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Run `acme telemetry enable`.');
  });

  it('names file, line and key of a decision', async () => {
    const directory = createDirectory();
    writeFileSync(join(directory, CONSENT_FILE), '{\n\n  "telemetry_enabled": false\n}\n');
    const { stdout } = await run(directory, ['why', '--json']);
    const { why } = JSON.parse(stdout) as { why: { layer: string; source: string } };
    expect(why.layer).toBe('consent_file');
    expect(why.source).toMatch(/telemetry_config\.json:3 \(telemetry_enabled\)$/);
  });

  it.each([['why'], ['enable', '--yes'], ['local'], ['status'], ['why', '--json']])(
    'lets the name of a directory that decides do nothing to the terminal: %j',
    async (...args) => {
      const project = join(createDirectory(), 'a\u001b]0;owned\u0007\u202eb');
      mkdirSync(join(project, '.git'), { recursive: true });
      mkdirSync(join(project, '.acme'));
      writeFileSync(join(project, '.acme', 'telemetry.json'), '{"enabled": false}');
      const before = process.cwd();
      process.chdir(project);
      onTestFinished(() => process.chdir(before));
      const { stdout, stderr } = await run(createDirectory(), args);
      expect(stdout + stderr).toContain('owned');
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    },
  );

  it('explains one part of telemetry', async () => {
    const directory = createDirectory();
    await run(directory, ['enable', '--yes']);
    const { stdout } = await run(directory, ['why', 'tools-over-privacy']);
    expect(stdout).toContain('this needs a yes of its own');
    expect(stdout).toContain('Run `acme telemetry enable tools-over-privacy`.');
    const json = await run(directory, ['why', 'usage-analytics', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ mode: 'on', enabled: true, behind: [] });
  });

  it('gives fixes that lead to on when they are followed', async () => {
    const directory = createDirectory();
    await run(directory, ['disable']);
    const env: Record<string, string> = { DISABLE_TELEMETRY: '1', ACME_TELEMETRY_ENABLED: 'false' };
    for (let step = 0; step < 5; step += 1) {
      const { stdout } = await run(directory, ['why', '--json'], { env });
      const { mode, why } = JSON.parse(stdout) as { mode: string; why: { fix: string } };
      if (mode === 'on') return;
      const [, unset, set] = /^(?:Unset (\w+)|Set (\w+)=true)/.exec(why.fix) ?? [];
      if (unset) delete env[unset];
      else if (set) env[set] = 'true';
      else
        await run(directory, [
          ...(/`acme telemetry ([\w -]+)`/.exec(why.fix)?.[1] ?? '').split(' '),
          '--yes',
        ]);
    }
    throw new Error('The fixes do not lead to on.');
  });
});
