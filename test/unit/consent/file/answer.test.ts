import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConsentAnswers, type ConsentFile, openConsentFile } from '../../../../src/consent/index.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  giveAway,
  withoutSpecialRights,
} from '../../../support/directories.js';

const NOW = '2026-01-02T03:04:05.678Z';
const NAME = 'telemetry_config.json';
const YES = { dryRun: false, catalogueVersion: 'v1' };
const SOME_ID = '11111111-2222-4333-8444-555555555555';

function open(directory: string | undefined): ConsentFile {
  let count = 0;
  return openConsentFile(
    directory,
    { basis: 'opt-in', command: undefined },
    {
      now: () => Date.parse(NOW),
      randomId: () => {
        count += 1;
        return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
      },
    },
  );
}

const pathIn = (directory: string) => join(directory, NAME);
const readJson = (directory: string) => JSON.parse(readFileSync(pathIn(directory), 'utf8'));
const stateOf = (directory: string) => statSync(pathIn(directory), { bigint: true });

/** A file after some earlier decisions. */
function openAfter(decide: (file: ConsentFile) => unknown = () => {}) {
  const directory = createDirectory();
  const file = open(directory);
  decide(file);
  return { directory, file, before: file.record() };
}

describe('a yes to telemetry', () => {
  it('that is the first one is what a yes always was, as a dry run', () => {
    const { directory, file } = openAfter();
    const { directory: other } = openAfter((same) => same.giveYes({ dryRun: true, catalogueVersion: 'v1' }));
    const record = file.answer({ telemetry: true, catalogueVersion: 'v1' });
    expect(readJson(directory)).toEqual(readJson(other));
    expect(record).toEqual(file.record());
    expect(Object.isFrozen(record)).toBe(true);
  });

  it.each([
    [undefined, undefined, true],
    [undefined, false, false],
    [undefined, true, true],
    [false, undefined, false],
    [false, true, true],
    [true, false, false],
  ])('with a dry run of %j before and of %j with it comes to one of %j', (dryRunBefore, dryRun, expected) => {
    const { file } = openAfter((same) => same.answer({ dryRun: dryRunBefore }));
    expect(file.answer({ telemetry: true, dryRun })).toMatchObject({
      telemetryEnabled: true,
      dryRun: expected,
    });
  });

  it('after a no has new ids, and gives back no part by itself', () => {
    const { file, before } = openAfter((same) => {
      same.giveYes(YES);
      same.setSwitch('crashReporting', true);
    });
    file.answer({ telemetry: false });
    const after = file.answer({ telemetry: true });
    expect(after).toMatchObject({ crashReporting: false, diagnostics: false, dryRun: false });
    expect(after.optOutTimestamp).toBeUndefined();
    for (const id of [after.userId, after.installId]) {
      expect(id).toBeDefined();
      expect([before.userId, before.installId]).not.toContain(id);
    }
  });

  it('that is given already changes nothing and writes nothing', () => {
    const { directory, file, before } = openAfter((same) => {
      same.giveYes(YES);
      same.setSwitch('usageAnalytics', false);
      same.setSwitch('diagnostics', true);
    });
    const state = stateOf(directory);
    expect(
      file.answer({ telemetry: true, diagnostics: true, dryRun: false, catalogueVersion: 'v2' }),
    ).toEqual(before);
    expect(stateOf(directory)).toEqual(state);
  });

  it('that is given already takes what else is answered', () => {
    const { file, before } = openAfter((same) => same.giveYes(YES));
    expect(file.answer({ telemetry: true, dryRun: true, crashReporting: true })).toEqual({
      ...before,
      dryRun: true,
      crashReporting: true,
    });
  });
});

describe('a no to telemetry', () => {
  it('is what a no always was', () => {
    const agree = (file: ConsentFile) => {
      file.giveYes(YES);
      file.setSwitch('toolsOverPrivacy', true);
      file.answer({ crashReporting: true, diagnostics: true });
    };
    const { directory, file } = openAfter(agree);
    const { directory: other, file: same } = openAfter(agree);
    writeFileSync(join(directory, `${NAME}.broken-1`), SOME_ID);
    file.answer({ telemetry: false, catalogueVersion: 'v2' });
    same.giveNo();
    expect(readJson(directory)).toEqual(readJson(other));
    expect(readJson(directory)).toMatchObject({ telemetry_enabled: false, user_id: null, install_id: null });
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('is written before the parts that are answered with it', () => {
    const { file } = openAfter((same) => same.giveYes(YES));
    expect(file.answer({ telemetry: false, dryRun: true, diagnostics: true })).toMatchObject({
      telemetryEnabled: false,
      usageAnalytics: false,
      crashReporting: false,
      diagnostics: true,
      dryRun: true,
      userId: undefined,
      optOutTimestamp: NOW,
    });
  });

  it('goes on where nothing can be put beside the file', () => {
    const { directory, file } = openAfter((same) => same.giveYes(YES));
    giveAway(pathIn(directory));
    chmodSync(directory, 0o555);
    withoutSpecialRights(() => file.answer({ telemetry: false, diagnostics: false }));
    chmodSync(directory, 0o755);
    expect(readJson(directory)).toMatchObject({
      telemetry_enabled: false,
      diagnostics_enabled: false,
      user_id: null,
    });
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('goes on where a folder stands in the place of the lock', () => {
    const { directory, file } = openAfter((same) => same.giveYes(YES));
    mkdirSync(`${pathIn(directory)}.lock`);
    expect(file.answer({ telemetry: false }).telemetryEnabled).toBe(false);
  });

  it('forgets the id that this process has kept for itself', () => {
    const directory = createReadOnlyDirectory();
    const file = open(join(directory, 'state'));
    const id = withoutSpecialRights(() => file.installId());
    chmodSync(directory, 0o755);
    file.answer({ telemetry: false });
    expect(file.installId()).not.toBe(id);
  });
});

describe('an answer about a part', () => {
  it.each(['crashReporting', 'diagnostics'] as const)('%s leaves everything else as it is', (name) => {
    const { file, before } = openAfter((same) => same.giveYes(YES));
    const on = file.answer({ [name]: true });
    expect(on).toEqual({ ...before, [name]: true });
    const off = file.answer({ [name]: false });
    expect(off).toEqual({ ...before, [name]: false, userId: off.userId });
    expect(off.userId).not.toBe(before.userId);
    expect(file.answer({ [name]: false })).toEqual(off);
  });

  it('needs no yes, and gives none', () => {
    const { directory, file } = openAfter();
    file.answer({ crashReporting: true, diagnostics: true, dryRun: false, catalogueVersion: 'v1' });
    expect(readJson(directory)).toEqual({
      telemetry_enabled: null,
      error_reporting_enabled: null,
      usage_analytics_enabled: null,
      crash_reporting_enabled: true,
      diagnostics_enabled: true,
      tools_over_privacy: null,
      dry_run: false,
      user_id: null,
      install_id: null,
      consent_timestamp: null,
      opt_out_timestamp: null,
      notice_timestamp: null,
      catalogue_version: null,
    });
  });

  it('keeps what others wrote in the file', () => {
    const directory = createDirectory();
    writeFileSync(pathIn(directory), '{"theme": "dark", "telemetry_enabled": false}');
    open(directory).answer({ diagnostics: true });
    expect(readJson(directory)).toMatchObject({
      theme: 'dark',
      telemetry_enabled: false,
      diagnostics_enabled: true,
    });
  });
});

it.each<ConsentAnswers>([{}, { telemetry: undefined, diagnostics: undefined }, { catalogueVersion: 'v1' }])(
  'writes nothing and makes nothing for %j',
  (answers) => {
    const home = createDirectory();
    const file = open(join(home, 'acme', 'telemetry'));
    expect(file.answer(answers)).toEqual(file.record());
    expect(open(undefined).answer(answers).telemetryEnabled).toBeUndefined();
    expect(readdirSync(home)).toEqual([]);
  },
);

it.each<ConsentAnswers>([
  { telemetry: true },
  { telemetry: false },
  { dryRun: true },
  { diagnostics: false },
])('says so where %j cannot be kept', (answers) => {
  const directory = createReadOnlyDirectory();
  const answer = () => open(join(directory, 'state')).answer(answers);
  expect(() => withoutSpecialRights(answer)).toThrow(expect.objectContaining({ code: 'CONSENT_NOT_STORED' }));
  expect(() => open(undefined).answer(answers)).toThrow(
    expect.objectContaining({ code: 'CONSENT_NOT_STORED' }),
  );
  expect(readdirSync(directory)).toEqual([]);
});

describe('of a file that cannot be trusted', () => {
  it.each<ConsentAnswers>([
    { telemetry: false },
    { diagnostics: false },
    { dryRun: true },
    { diagnostics: true },
  ])('what it held back stays held back by %j, and it is kept aside', (answers) => {
    const { directory, file } = openAfter();
    writeFileSync(pathIn(directory), '{"telemetry_enabled": "false"');
    expect(file.answer(answers).telemetryEnabled).toBe(false);
    expect(file.status()).toBe('usable');
    expect(readdirSync(directory).sort()).toEqual([NAME, `${NAME}.broken-1`]);
  });
});

it('comes to what the answers come to one after the other, whatever they are', () => {
  const answer = fc.option(fc.boolean(), { nil: undefined });
  const answers = fc.record({
    telemetry: answer,
    dryRun: answer,
    crashReporting: answer,
    diagnostics: answer,
  });
  const visible = (file: ConsentFile) => {
    const { userId, installId, consentTimestamp, optOutTimestamp, ...parts } = file.record();
    return { ...parts, hasIds: [userId, installId].map((id) => id !== undefined) };
  };
  fc.assert(
    fc.property(fc.array(answers, { maxLength: 4 }), (series) => {
      const [together, apart] = [openAfter().file, openAfter().file];
      for (const { telemetry, dryRun, crashReporting, diagnostics } of series) {
        together.answer({ telemetry, dryRun, crashReporting, diagnostics });
        for (const single of [{ telemetry }, { dryRun }, { crashReporting }, { diagnostics }])
          apart.answer(single);
        expect(visible(together)).toEqual(visible(apart));
      }
    }),
    { numRuns: 50 },
  );
});

describe('what is told of the file', () => {
  it.each([
    ['usable', '{"telemetry_enabled": true}'],
    ['usable', '{}'],
    ['broken', ''],
    ['broken', '[]'],
    ['broken', '{"telemetry_enabled": 1}'],
  ])('is %s for %j', (status, content) => {
    const { directory, file } = openAfter();
    expect(file.status()).toBe('absent');
    writeFileSync(pathIn(directory), content);
    expect(file.status()).toBe(status);
  });

  it('is unfit for a folder, unreadable where it may not be read, and absent where there is no place', () => {
    const { directory, file } = openAfter();
    mkdirSync(pathIn(directory));
    expect(file.status()).toBe('unfit');
    expect(open(undefined).status()).toBe('absent');
    const { directory: closed, file: unread } = openAfter((same) => same.giveYes(YES));
    chmodSync(pathIn(closed), 0o000);
    giveAway(closed);
    giveAway(pathIn(closed));
    expect(withoutSpecialRights(() => unread.status())).toBe('unreadable');
  });

  it('is when it was last written', () => {
    const { directory, file } = openAfter();
    expect(file.updatedAtMs()).toBeUndefined();
    expect(open(undefined).updatedAtMs()).toBeUndefined();
    expect(open(join(directory, 'x'.repeat(5_000))).updatedAtMs()).toBeUndefined();
    file.giveYes(YES);
    utimesSync(pathIn(directory), 1_000, 1_700_000_000);
    expect(file.updatedAtMs()).toBe(1_700_000_000_000);
    file.answer({ diagnostics: true });
    expect(file.updatedAtMs()).toBeGreaterThan(1_700_000_000_000);
  });
});
