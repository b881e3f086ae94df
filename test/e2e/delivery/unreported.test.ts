import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrill, type Drill } from '../support/drill.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { flusherEnded } from '../support/flusher.js';

let project: DrillProject;
beforeAll(async () => {
  project = await createDrillProject();
});
afterAll(() => project[Symbol.dispose]());

const CRASHES_TOO = { ACME__TELEMETRY__CRASH_REPORTING: 'true' };

async function arrived({ sink, directory }: Drill) {
  await flusherEnded(directory);
  return sink.arrived.map(({ event, properties }) => ({ event, properties }));
}

describe('what was measured and not yet reported', () => {
  it.each([
    ['measures and runs out', 0],
    ['measures and exits', 3],
    ['measures and throws', 1],
  ])('is reported as the program ends: it %s', async (end, code) => {
    await using drill = await createDrill(project.folder);
    expect(await drill.run('measuring.mjs', [end])).toMatchObject({ code });
    expect(await arrived(drill)).toMatchObject([
      { event: 'acme.performance.latency', properties: { operation_type: 'index', count: 3, sum: 6 } },
    ]);
  });
});

describe('a program that shows what it records', () => {
  it('goes on when nobody reads it any more', async () => {
    await using drill = await createDrill(project.folder);
    const line = '{ ACME__TELEMETRY__VERBOSE=true "$0" "$@" 2>&1; echo "$?" > "$HOME/code"; } | true';
    await drill.runInShell(line, 'measuring.mjs', ['shows what it records, for a while']);
    expect(readFileSync(join(drill.home, 'code'), 'utf8')).toBe('0\n');
  });
});

describe('a command that ends the program itself', () => {
  it('is recorded, and failed where the program says so', async () => {
    await using drill = await createDrill(project.folder);
    expect(await drill.run('measuring.mjs', ['runs a command that exits'])).toMatchObject({ code: 2 });
    expect(await arrived(drill)).toMatchObject([
      { event: 'acme.cli.command', properties: { command: 'build', succeeded: false } },
    ]);
  });
});

describe('an installation that does not come to its end', () => {
  const CANCELLED = {
    event: 'installation_complete',
    properties: { status: 'cancelled', success: false, steps_completed: 1 },
  };

  it('is cancelled as the program exits', async () => {
    await using drill = await createDrill(project.folder);
    expect(await drill.run('measuring.mjs', ['installs and exits'])).toMatchObject({ code: 1 });
    expect((await arrived(drill)).at(-1)).toMatchObject(CANCELLED);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is cancelled by %s, which ends the program',
    async (signal) => {
      await using drill = await createDrill(project.folder);
      const tool = drill.start('measuring.mjs', ['installs and waits']);
      await tool.printed('installing');
      tool.kill(signal);
      expect(await tool.ended).toMatchObject({ signal });
      expect(await arrived(drill)).toMatchObject([
        { event: 'installation_start' },
        { event: 'installation_step' },
        CANCELLED,
      ]);
    },
  );

  it('listens to signals no longer than it lasts', async () => {
    await using drill = await createDrill(project.folder);
    const tool = drill.start('measuring.mjs', ['installs to its end and waits']);
    await tool.printed('installed');
    tool.kill('SIGTERM');
    expect(await tool.ended).toMatchObject({ signal: 'SIGTERM' });
  });
});

describe('an error that nobody catches', () => {
  it.each([
    ['throws later', 'uncaught_exception'],
    ['rejects and nobody cares', 'unhandled_rejection'],
  ])(
    'is reported where crash reports are allowed, and Node says what it always says: it %s',
    async (end, origin) => {
      await using drill = await createDrill(project.folder);
      const without = await drill.run('measuring.mjs', [end], { ACME_DISABLE_TELEMETRY: '1' });
      expect(await drill.run('measuring.mjs', [end], CRASHES_TOO)).toEqual(without);
      const crashes = (await arrived(drill)).filter(({ event }) => event === 'acme.crash');
      expect(crashes).toMatchObject([{ properties: { error_type: 'RangeError', origin } }]);
      const folder = join(drill.directory, 'crashes');
      const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
      expect(reports).toMatchObject(crashes);
    },
  );

  it('is in no report without that consent', async () => {
    await using drill = await createDrill(project.folder);
    await drill.run('measuring.mjs', ['measures and throws']);
    expect((await arrived(drill)).map(({ event }) => event)).toEqual(['acme.performance.latency']);
    expect(readdirSync(drill.directory)).not.toContain('crashes');
    await drill.sotto('enable', 'crash-reporting', '--yes');
    await drill.sotto('export', join(drill.home, 'export.json'));
    expect(JSON.parse(readFileSync(join(drill.home, 'export.json'), 'utf8')).crash_files).toEqual([]);
  });
});
