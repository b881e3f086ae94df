import { describe, expect, it } from 'vitest';
import { takeTelemetryFlag } from '../../../src/cli/take-telemetry-flag.js';

const TAKEN = { runFlag: '--disable-telemetry' };

describe('takeTelemetryFlag', () => {
  it.each([
    [['search', '--disable-telemetry', 'retry'], ['search', 'retry'], TAKEN],
    [['--disable-telemetry', '--disable-telemetry'], [], TAKEN],
    [['--disable-telemetry=false'], [], TAKEN],
    [['search', '--', '--disable-telemetry'], ['search', '--', '--disable-telemetry'], {}],
    [['--disable-telemetry', '--', '--disable-telemetry'], ['--', '--disable-telemetry'], TAKEN],
    [['--disable-telemetry-now', 'disable-telemetry'], ['--disable-telemetry-now', 'disable-telemetry'], {}],
    [[], [], {}],
  ])('of %j leaves %j', (argv, args, options) => {
    const before = [...argv];
    expect(takeTelemetryFlag(argv)).toEqual({ args, options });
    expect(argv).toEqual(before);
  });
});
