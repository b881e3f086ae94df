import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CheckName } from '../../../src/testing/conformance/checks.js';
import { checkConformance } from '../../../src/testing/conformance/run-conformance.js';
import type { CheckEffects } from '../../../src/testing/effects.js';
import type { Report } from '../../../src/testing/index.js';
import { useEffects } from './effects.js';

const effects = useEffects();

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.mjs`, import.meta.url));

/** Far from what the good one takes on a busy machine, and from what a bad one does. */
const BUDGET_MS = 1_500;

/** Every kind of scene once: of those that are alike, what one shows the others show too. */
const COMMON = ['do-not-track', 'nobody-asked', 'server-answers', 'json', 'stdout-closed'];

function check(name: string, scenes?: readonly string[], world = effects): Promise<Report> {
  const command = [process.execPath, fixture(name)];
  const options = { app: 'acme', command, graceMs: 2_000, budgetMs: BUDGET_MS };
  return checkConformance({ ...options, ...(scenes && { scenes }) }, world);
}

function named(report: Report, status: string): readonly string[] {
  const found = report.results.filter(({ outcome }) => outcome.status === status);
  return [...new Set(found.map((result) => result.check))];
}

interface Defect {
  readonly fails: CheckName;
  /** Besides {@link COMMON}. */
  readonly scenes?: readonly string[];
  /** In the place of them: what takes its time would do so in all. */
  readonly only?: readonly string[];
  /** What the capture cannot see everywhere. */
  readonly needsSeal?: true;
}

const DEFECTS: Readonly<Record<string, Defect>> = {
  'sends-when-off': { fails: 'no-requests-when-off' },
  'looks-up-when-off': { fails: 'no-lookups-when-off', needsSeal: true },
  'writes-when-off': { fails: 'no-files-when-off' },
  'starts-child-when-off': { fails: 'no-children-when-off' },
  'prints-on-stdout': { fails: 'same-output' },
  'exits-when-refused': { fails: 'same-exit-code', scenes: ['server-refuses'] },
  'complains-when-read-only': { fails: 'quiet-errors', scenes: ['read-only-home', 'files-may-not-grow'] },
  'breaks-json': { fails: 'json-output' },
  'hangs-at-exit': { fails: 'exit-budget', scenes: ['server-black-hole'] },
  'leaves-child': { fails: 'no-surviving-child' },
  'ignores-sigint': {
    fails: 'ends-on-sigint',
    only: ['do-not-track', 'sigint-working', 'sigint-printing', 'json'],
  },
  'crashes-when-closed': { fails: 'survives-closed-output', scenes: ['stderr-closed'] },
  'fails-when-two': { fails: 'same-when-two-at-once', scenes: ['two-at-once'] },
  'never-sends': { fails: 'telemetry-ran' },
};

const canSeal = spawnSync('unshare', ['--net', 'true']).status === 0;

describe('a program that breaks one promise', () => {
  it.each(Object.entries(DEFECTS))('%s is caught by one check, and by no other', async (name, defect) => {
    const { fails, scenes = [], only = [...COMMON, ...scenes], needsSeal } = defect;
    const report = await check(name, only);
    expect(named(report, 'failed')).toEqual(needsSeal && !canSeal ? [] : [fails]);
    expect(named(report, 'passed').length).toBeGreaterThan(8);
  });
});

describe('a network on which only proxies are seen', () => {
  const proxied: CheckEffects = {
    ...effects,
    openCapture: (options) => effects.openCapture({ ...options, mode: 'proxied' }),
  };
  const COMMON_AND_SERVERS = [...COMMON, 'server-refuses', 'server-black-hole'];

  it('passes what keeps every promise, and says that it sees no look-ups', async () => {
    const report = await check('good', COMMON_AND_SERVERS, proxied);
    expect(named(report, 'failed')).toEqual([]);
    expect(named(report, 'not_checked')).toEqual(['no-lookups-when-off']);
  });

  it.each(['sends-when-off', 'never-sends'])('%s is caught all the same', async (name) => {
    const report = await check(name, COMMON_AND_SERVERS, proxied);
    expect(named(report, 'failed')).toEqual([DEFECTS[name]?.fails]);
  });

  it('looks-up-when-off is not taken for one that keeps every promise', async () => {
    const report = await check('looks-up-when-off', COMMON, proxied);
    expect(named(report, 'not_checked')).toContain('no-lookups-when-off');
    expect(named(report, 'passed')).not.toContain('no-lookups-when-off');
  });
});

describe('a program that keeps every promise', () => {
  it('passes every check in every scene', async () => {
    const report = await check('good');
    const failures = report.results.filter(({ outcome }) => outcome.status === 'failed');
    expect(failures).toEqual([]);
    expect(named(report, 'passed').length).toBeGreaterThanOrEqual(canSeal ? 14 : 13);
    expect(named(report, 'not_checked')).toEqual(canSeal ? [] : expect.anything());
  });
});
