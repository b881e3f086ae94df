import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { clearData } from '../../../src/store/index.js';
import { createDirectory } from '../../support/directories.js';
import { CHECKOUT, TSX } from '../support/checkout.js';
import { startProgram } from '../support/program.js';

const PROGRAM = fileURLToPath(new URL('./programs/write-reports.ts', import.meta.url));
const KILLS = 12;
const LONGEST_LIFE_MS = 30;
/** Each kill leaves at most one that was being written; the program keeps twenty. */
const MAX_LEFT = 20 + KILLS;

it.skipIf(process.platform === 'win32')(
  'leaves no half report when it is killed while it writes',
  async () => {
    const directory = createDirectory();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await using program = startProgram(process.execPath, ['--import', TSX, PROGRAM, directory], {
        cwd: CHECKOUT,
        env: { PATH: process.env.PATH },
      });
      await program.printed(/ready/);
      await sleep(Math.random() * LONGEST_LIFE_MS);
    }
    const names = readdirSync(join(directory, 'crashes'));
    const reports = names.filter((name) => name.endsWith('.json'));
    for (const name of reports) {
      const { notes } = JSON.parse(readFileSync(join(directory, 'crashes', name), 'utf8')) as {
        notes: string[];
      };
      expect(notes.at(-1), name).toBe('note 1999');
    }
    expect(reports.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThanOrEqual(MAX_LEFT);
    expect(clearData(directory).failed).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  },
);
