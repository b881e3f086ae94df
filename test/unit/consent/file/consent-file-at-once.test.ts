import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openConsentFile } from '../../../../src/consent/index.js';
import { useBuiltPrograms } from '../../../support/built-programs.js';
import { createDirectory } from '../../../support/directories.js';

const program = useBuiltPrograms({ decide: 'test/unit/consent/file/programs/decide-at-once.ts' });
const NAME = 'telemetry_config.json';

const openIn = (directory: string) =>
  openConsentFile(
    directory,
    { basis: 'opt-in', command: undefined },
    { now: Date.now, randomId: () => crypto.randomUUID() },
  );

const createDirectories = (count: number) => {
  const home = createDirectory();
  return Array.from({ length: count }, (_, at) => join(home, String(at), 'telemetry'));
};

describe('processes that start at once', () => {
  it('agree on one id of the installation, every time', async () => {
    const directories = createDirectories(30);
    // In every second one there is a file already, which has no id.
    for (const directory of directories.filter((_, at) => at % 2 === 0)) {
      openIn(directory).setSwitch('diagnostics', true);
    }
    const programs = await startPrograms(6, 'installId', directories);
    const [first, ...others] = await Promise.all(programs.map((program) => program.run()));
    expect(first).toHaveLength(directories.length);
    for (const ids of others) expect(ids).toEqual(first);
    for (const [at, directory] of directories.entries()) {
      expect(readJson(directory).install_id).toBe(first?.[at]);
      expect(readdirSync(directory)).toEqual([NAME]);
    }
  });

  it('twenty of them leave one whole decision, and whoever looks meanwhile sees one', async () => {
    const [directory = ''] = createDirectories(1);
    mkdirSync(directory, { recursive: true });
    const programs = await startPrograms(
      20,
      'decide',
      Array.from({ length: 3 }, () => directory),
    );
    const file = openIn(directory);
    let isRunning = true;
    const looking = (async () => {
      while (isRunning) {
        expect(file.read().filter(({ layer }) => layer === 'consent_file_unreadable')).toEqual([]);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const answers = await Promise.all(programs.map((program) => program.run()));
    isRunning = false;
    await looking;
    expect(answers.flat()).toEqual(Array.from({ length: 60 }, () => 'true'));
    expect(readJson(directory)).toMatchObject({ install_id: expect.any(String) });
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('lose none of a hundred answers about different parts', async () => {
    const [directory = ''] = createDirectories(1);
    const parts = ['dryRun', 'crashReporting', 'diagnostics'];
    const programs = await Promise.all(parts.map((part) => startPrograms(1, part, [directory])));
    const said = await Promise.all(programs.flat().map((program) => program.run()));
    expect(said).toEqual([['true'], ['true'], ['true']]);
    expect(readJson(directory)).toMatchObject({
      telemetry_enabled: null,
      dry_run: true,
      crash_reporting_enabled: true,
      diagnostics_enabled: true,
    });
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('never undo a no by deciding about something else', async () => {
    const directories = createDirectories(10);
    for (const directory of directories)
      openIn(directory).giveYes({ dryRun: false, catalogueVersion: undefined });
    const programs = await startPrograms(2, 'setSwitch', directories);
    const running = Promise.all(programs.map((program) => program.run()));
    for (const directory of directories.toReversed()) {
      openIn(directory).giveNo();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await running;
    for (const directory of directories) {
      expect(readJson(directory)).toMatchObject({
        telemetry_enabled: false,
        user_id: null,
        install_id: null,
      });
    }
  });
});

const readJson = (directory: string) => JSON.parse(readFileSync(join(directory, NAME), 'utf8'));

/** Start programs and wait until all of them are ready. */
async function startPrograms(count: number, deed: string, directories: readonly string[]) {
  const programs = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, [program('decide'), deed, ...directories], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill());
    return child;
  });
  await Promise.all(programs.map((child) => once(child.stdout, 'data')));
  return programs.map((child) => ({
    async run() {
      child.stdin.end('go');
      return (await text(child.stdout)).trim().split('\n');
    },
  }));
}
