import { describe, expect, it } from 'vitest';
import { runProgram } from '../../support/run-program.js';
import { CLOCK_CHANGES, DAILY, HEARTBEAT } from './expected-reports.js';

const PROGRAM = new URL('./programs/report-in-zone.ts', import.meta.url);

describe('a process', () => {
  it.each([
    ['UTC', 0],
    ['America/New_York', 300],
    ['Asia/Kolkata', -330],
    ['Pacific/Auckland', -780],
  ])(
    'in the time zone %s makes the same reports, also of days on which clocks change',
    async (zone, offset) => {
      const { stdout, stderr } = await runProgram(PROGRAM, {
        env: {
          TZ: zone,
          // The server's sessions follow the process, where it says so.
          PGTZ: zone,
          ...(process.env.SOTTO_TEST_POSTGRES_URL && {
            SOTTO_TEST_POSTGRES_URL: process.env.SOTTO_TEST_POSTGRES_URL,
          }),
        },
      });
      expect(stderr).toBe('');
      const found = {
        offsetMinutes: offset,
        reports: [HEARTBEAT, DAILY],
        counts: CLOCK_CHANGES.map(() => 48),
      };
      const lines = stdout.trim().split('\n');
      expect(lines.map((line) => JSON.parse(line))).toEqual([found, found]);
    },
  );
});
