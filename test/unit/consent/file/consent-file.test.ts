import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConsentError, type ConsentFile, openConsentFile } from '../../../../src/consent/index.js';
import type { ConsentBasis } from '../../../../src/settings/index.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  giveAway,
  withoutSpecialRights,
} from '../../../support/directories.js';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const NOW = '2026-01-02T03:04:05.678Z';
const NAME = 'telemetry_config.json';
const YES = { dryRun: false, catalogueVersion: '0123456789abcdef' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SOME_ID = '11111111-2222-4333-8444-555555555555';

interface OpenOptions {
  readonly basis?: ConsentBasis;
  readonly command?: string;
  readonly nowMs?: number;
  readonly startedAtMs?: number;
}

function open(directory: string | undefined, options: OpenOptions = {}): ConsentFile {
  const { basis = 'opt-in', command, nowMs = NOW_MS, startedAtMs = nowMs } = options;
  return openConsentFile(
    directory,
    { basis, command },
    { now: () => nowMs, randomId: () => crypto.randomUUID(), processStartedAt: () => startedAtMs },
  );
}

function write(directory: string, content: unknown): string {
  const path = join(directory, NAME);
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, isRaw ? content : `${JSON.stringify(content, undefined, 2)}\n`);
  return path;
}

const readJson = (directory: string) => JSON.parse(readFileSync(join(directory, NAME), 'utf8'));
const permissions = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Layers as short words: `yes telemetry`, `off diagnostics`. */
const said = (file: ConsentFile) => file.read().map(({ kind, about }) => `${kind} ${about}`);

function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

describe('before anybody decides', () => {
  it('there is nothing on disk, nothing is said, and nothing comes of looking', () => {
    const directory = join(createDirectory(), 'acme', 'telemetry');
    const file = open(directory);
    expect(file.path).toBe(join(directory, NAME));
    expect(file.read()).toEqual([]);
    expect(file.record().telemetryEnabled).toBeUndefined();
    expect(file.fingerprint()).toBe(file.fingerprint());
    expect(existsSync(join(directory, '..'))).toBe(false);
  });

  it('nothing is said where there is no place for it', () => {
    const file = open(undefined);
    expect([file.path, file.read(), file.fingerprint()]).toEqual([undefined, [], '']);
    expect(file.record().telemetryEnabled).toBeUndefined();
  });
});

describe('a yes', () => {
  it('is kept with two random ids and its time', () => {
    const directory = createDirectory();
    const record = open(directory).giveYes(YES);
    expect(readJson(directory)).toEqual({
      telemetry_enabled: true,
      error_reporting_enabled: true,
      usage_analytics_enabled: true,
      crash_reporting_enabled: null,
      diagnostics_enabled: null,
      tools_over_privacy: null,
      dry_run: false,
      user_id: expect.stringMatching(UUID),
      install_id: expect.stringMatching(UUID),
      consent_timestamp: NOW,
      opt_out_timestamp: null,
      notice_timestamp: null,
      catalogue_version: '0123456789abcdef',
    });
    expect(record.userId).not.toBe(record.installId);
    expect(open(directory).record()).toEqual(record);
  });

  it('can be read by the user only, and so can the directories made for it', () => {
    const home = createDirectory();
    const directory = join(home, 'acme', 'telemetry');
    open(directory).giveYes(YES);
    expect([join(home, 'acme'), directory, join(directory, NAME)].map(permissions)).toEqual([
      '700',
      '700',
      '600',
    ]);
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('keeps the ids that are there, and what was decided about other parts', () => {
    const directory = createDirectory();
    const first = open(directory).giveYes(YES);
    open(directory).setSwitch('crashReporting', true);
    const second = open(directory).giveYes({ dryRun: true, catalogueVersion: undefined });
    expect(second).toEqual({ ...first, crashReporting: true, dryRun: true, catalogueVersion: undefined });
  });

  it('ends what was recorded under a part that is refused, also when it is allowed again', () => {
    const directory = createDirectory();
    const file = open(directory);
    file.giveYes(YES);
    const before = file.epoch();
    file.setSwitch('crashReporting', true);
    expect(file.epoch()).toBe(before);
    file.setSwitch('crashReporting', false);
    const refused = file.epoch();
    expect(refused).not.toBe(before);
    file.setSwitch('crashReporting', true);
    expect(file.epoch()).toBe(refused);
  });

  it('takes a no back, with new ids', () => {
    const directory = createDirectory();
    const before = open(directory).giveYes(YES);
    open(directory).giveNo();
    const { optOutTimestamp, installId, userId, ...after } = open(directory).giveYes(YES);
    expect(optOutTimestamp).toBeUndefined();
    expect(after).toMatchObject({ telemetryEnabled: true, errorReporting: true, usageAnalytics: true });
    expect([before.installId, before.userId]).not.toContain(installId);
    expect([before.installId, before.userId]).not.toContain(userId);
  });
});

describe('the epoch', () => {
  it('is another after a no that was taken back, however the no was said', () => {
    const directory = createDirectory();
    const file = open(directory);
    expect(file.epoch()).toBe('');
    file.giveYes(YES);
    const first = file.epoch();
    expect(first).not.toBe('');
    file.giveYes(YES);
    expect(open(directory).epoch()).toBe(first);
    open(directory).giveNo();
    expect(file.epoch()).toBe('');
    open(directory).giveYes(YES);
    const second = file.epoch();
    write(directory, { ...readJson(directory), telemetry_enabled: false });
    open(directory).giveYes(YES);
    expect(new Set(['', first, second, file.epoch()]).size).toBe(4);
  });

  it('has nothing to do with the id of the installation, nor with parts', () => {
    const file = open(createDirectory());
    file.installId();
    expect(file.epoch()).toBe('');
    file.giveYes(YES);
    const epoch = file.epoch();
    file.installId();
    file.setSwitch('diagnostics', true);
    expect(file.epoch()).toBe(epoch);
    expect(open(undefined).epoch()).toBe('');
  });
});

describe('a no', () => {
  it('turns everything off and erases both ids', () => {
    const directory = createDirectory();
    open(directory).giveYes(YES);
    open(directory).setSwitch('toolsOverPrivacy', true);
    open(directory, { nowMs: NOW_MS + 1 }).giveNo();
    expect(readJson(directory)).toEqual({
      telemetry_enabled: false,
      error_reporting_enabled: false,
      usage_analytics_enabled: false,
      crash_reporting_enabled: false,
      diagnostics_enabled: false,
      tools_over_privacy: false,
      dry_run: false,
      user_id: null,
      install_id: null,
      consent_timestamp: NOW,
      opt_out_timestamp: '2026-01-02T03:04:05.679Z',
      notice_timestamp: null,
      catalogue_version: null,
    });
  });

  it('leaves no id in anything that was set aside or left over, and leaves the rest there', () => {
    const directory = createDirectory();
    write(directory, `{ "install_id": "${SOME_ID}", broken`);
    writeFileSync(join(directory, `${NAME}.0123456789abcdef.tmp`), Buffer.from(`"${SOME_ID}"`, 'utf16le'));
    writeFileSync(join(directory, `${NAME}.broken-7`), '{ broken, and without an id');
    writeFileSync(join(directory, 'notes.txt'), SOME_ID);
    open(directory).giveNo();
    expect(readdirSync(directory).sort()).toEqual(['notes.txt', NAME, `${NAME}.broken-7`]);
  });
});

describe('what was set aside of the file', () => {
  it('goes with a no where it is too large to be judged, or a link', () => {
    const directory = createDirectory();
    const huge = `{ "install_id": "${SOME_ID}", ${' '.repeat(70_000)}`;
    writeFileSync(join(directory, `${NAME}.broken-1`), huge);
    symlinkSync('/dev/null', join(directory, `${NAME}.broken-2`));
    open(directory).giveNo();
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('is told of where it could not be erased, and is gone when it can', () => {
    const directory = createDirectory();
    expect(open(join(directory, 'nothing')).eraseLeftovers()).toBe(true);
    expect(open(undefined).eraseLeftovers()).toBe(true);
    const leftover = join(directory, `${NAME}.broken-1`);
    writeFileSync(leftover, SOME_ID);
    chmodSync(directory, 0o555);
    expect(withoutSpecialRights(() => open(directory).eraseLeftovers())).toBe(false);
    chmodSync(directory, 0o755);
    expect(open(directory).eraseLeftovers()).toBe(true);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('what others wrote in the file', () => {
  it('is kept by every decision, each on a line', () => {
    const directory = createDirectory();
    write(directory, { theme: 'dark', telemetry_enabled: null, nested: { list: [1, 2] } });
    for (const decide of [
      () => open(directory).giveYes(YES),
      () => open(directory).setSwitch('diagnostics', true),
      () => open(directory).noteNotice(),
      () => open(directory).giveNo(),
    ]) {
      decide();
      expect(readJson(directory)).toMatchObject({ theme: 'dark', nested: { list: [1, 2] } });
    }
    expect(readFileSync(join(directory, NAME), 'utf8')).toContain(
      '\n  "theme": "dark",\n  "nested": {"list":[1,2]}\n}\n',
    );
  });

  it('is kept aside when it leaves no room for a decision', () => {
    const directory = createDirectory();
    const content = JSON.stringify({ filler: 'x'.repeat(262_000) });
    write(directory, content);
    open(directory).giveYes(YES);
    expect(open(directory).record().telemetryEnabled).toBe(true);
    expect(readFileSync(join(directory, `${NAME}.broken-1`), 'utf8')).toBe(content);
  });
});

describe('what the file says', () => {
  it.each([
    [{ telemetry_enabled: true }, ['yes telemetry']],
    [{ telemetry_enabled: false }, ['off telemetry']],
    [{ telemetry_enabled: null }, []],
    [{ dry_run: true }, ['local telemetry']],
    [{ dry_run: false }, []],
    [{ usage_analytics_enabled: false }, ['off usageAnalytics']],
    [{ error_reporting_enabled: false }, ['off errorReporting']],
    [
      { crash_reporting_enabled: true, diagnostics_enabled: false },
      ['yes crashReporting', 'off diagnostics'],
    ],
    [{ tools_over_privacy: true }, ['yes toolsOverPrivacy']],
    [{ notice_timestamp: '2020-01-01T00:00:00Z' }, []],
    [{ something: true }, []],
    [{}, []],
  ])('%j is %j', (content, layers) => {
    const directory = createDirectory();
    write(directory, content);
    expect(said(open(directory))).toEqual(layers);
  });

  it('tells the line, and what to type or to write', () => {
    const directory = createDirectory();
    const path = write(directory, { telemetry_enabled: true, dry_run: true, diagnostics_enabled: false });
    const withCommand = open(directory, { command: 'acme telemetry' }).read();
    expect(withCommand).toEqual([
      {
        kind: 'off',
        about: 'diagnostics',
        layer: 'consent_file',
        source: `${path}:4 (diagnostics_enabled)`,
        fix: 'Run `acme telemetry enable diagnostics`.',
      },
      {
        kind: 'yes',
        about: 'telemetry',
        layer: 'consent_file',
        source: `${path}:2 (telemetry_enabled)`,
        fix: 'Run `acme telemetry disable` to turn telemetry off.',
      },
      {
        kind: 'local',
        about: 'telemetry',
        layer: 'consent_file',
        source: `${path}:3 (dry_run)`,
        fix: 'Run `acme telemetry enable`.',
      },
    ]);
    expect(
      open(directory)
        .read()
        .map(({ fix }) => fix),
    ).toEqual([
      `Set diagnostics_enabled to true in ${path}.`,
      `Set telemetry_enabled to false in ${path} to turn telemetry off.`,
      `Set dry_run to false in ${path}.`,
    ]);
  });

  it('writes the home directory as ~', () => {
    const home = createDirectory();
    const { HOME } = process.env;
    process.env.HOME = home;
    try {
      expect(homedir()).toBe(home);
      mkdirSync(join(home, 'state'));
      write(join(home, 'state'), { telemetry_enabled: false });
      const [layer] = open(join(home, 'state')).read();
      expect(layer).toMatchObject({
        source: `~/state/${NAME}:2 (telemetry_enabled)`,
        fix: `Set telemetry_enabled to true in ~/state/${NAME}.`,
      });
    } finally {
      process.env.HOME = HOME;
    }
  });

  it('is told apart from what it said before by its fingerprint', () => {
    const directory = createDirectory();
    const file = open(directory);
    const seen = [file.fingerprint()];
    for (const decide of [
      () => file.giveYes(YES),
      () => file.giveNo(),
      () => write(directory, { telemetry_enabled: true }),
      () => write(directory, { telemetry_enabled: null }),
    ]) {
      decide();
      expect(seen).not.toContain(file.fingerprint());
      seen.push(file.fingerprint());
    }
  });
});

describe('the notice of an opt-out', () => {
  const LATER_MS = 600_000;
  const optOut = (directory: string, nowMs: number, startedAtMs = nowMs) =>
    open(directory, { basis: 'opt-out', nowMs, startedAtMs });

  it('counts as a yes in runs that begin later', () => {
    const directory = createDirectory();
    const thisRun = optOut(directory, NOW_MS);
    thisRun.noteNotice();
    expect(readJson(directory)).toMatchObject({
      notice_timestamp: NOW,
      telemetry_enabled: null,
      install_id: null,
    });
    expect(said(thisRun)).toEqual([]);
    const [layer] = optOut(directory, NOW_MS + LATER_MS).read();
    expect(layer).toMatchObject({ kind: 'yes', about: 'telemetry', layer: 'notice' });
    expect(layer?.source).toBe(`${join(directory, NAME)}:13 (notice_timestamp)`);
    expect(layer?.fix).toBe('Set DISABLE_TELEMETRY=1 to turn telemetry off.');
  });

  it('does not count in a run that had begun before another one showed it', () => {
    const directory = createDirectory();
    const earlier = optOut(directory, NOW_MS - 1);
    optOut(directory, NOW_MS).noteNotice();
    expect(said(earlier)).toEqual([]);
  });

  it('never counts in the run that shows it, opened again', () => {
    const directory = createDirectory();
    optOut(directory, NOW_MS).noteNotice();
    const muchLater = NOW_MS + 100 * LATER_MS;
    expect(said(optOut(directory, muchLater, NOW_MS - 1))).toEqual([]);
    expect(said(optOut(directory, muchLater, NOW_MS + 1))).toEqual(['yes telemetry']);
  });

  it('is measured from the beginning of this process, unless told otherwise', () => {
    const directory = createDirectory();
    const openHere = (nowMs: number) =>
      openConsentFile(
        directory,
        { basis: 'opt-out', command: undefined },
        { now: () => nowMs, randomId: () => crypto.randomUUID() },
      );
    openHere(Date.now()).noteNotice();
    expect(said(openHere(Date.now() + 100 * LATER_MS))).toEqual([]);
  });

  it('is not put off by being shown again, unless its time lies ahead', () => {
    const directory = createDirectory();
    optOut(directory, NOW_MS).noteNotice();
    optOut(directory, NOW_MS + 1_000).noteNotice();
    expect(readJson(directory).notice_timestamp).toBe(NOW);
    optOut(directory, NOW_MS - 1_000).noteNotice();
    expect(readJson(directory).notice_timestamp).toBe('2026-01-02T03:04:04.678Z');
  });

  it('does not count where a yes is needed', () => {
    const directory = createDirectory();
    optOut(directory, NOW_MS).noteNotice();
    expect(said(open(directory, { basis: 'opt-in' }))).toEqual([]);
    expect(said(open(directory, { basis: 'given' }))).toEqual([]);
  });
});

const BROKEN: readonly (readonly [string, string | Uint8Array])[] = [
  ['empty', ''],
  ['a list', '[]'],
  ['null', 'null'],
  ['a string for a decision', '{"telemetry_enabled": "false"}'],
  ['a number for a decision', '{"telemetry_enabled": 1}'],
  ['a wrong type for a part', '{"telemetry_enabled": true, "tools_over_privacy": "yes"}'],
  ['cut off', '{"telemetry_enabled": true, "user_'],
  ['UTF-16', Buffer.from('\ufeff{"telemetry_enabled": true}', 'utf16le')],
  ['UTF-16 without a mark', Buffer.from('{"telemetry_enabled": true}', 'utf16le')],
  ['no text', new Uint8Array([0, 255, 1, 254])],
  ['larger than 256 KB', `{"telemetry_enabled": true, "x": "${'x'.repeat(262_144)}"}`],
];

describe('a file that cannot be trusted', () => {
  it.each(BROKEN)('is an off when it is %s, and looking changes nothing', (_, content) => {
    const directory = createDirectory();
    const path = write(directory, content);
    const file = open(directory);
    expect(file.read()).toMatchObject([
      { kind: 'off', about: 'telemetry', layer: 'consent_file_unreadable', source: path },
    ]);
    expect(file.record()).toMatchObject({ telemetryEnabled: undefined, installId: undefined });
    expect(readdirSync(directory)).toEqual([NAME]);
    expect(readFileSync(path)).toEqual(Buffer.from(content));
  });

  it.each(BROKEN)('is kept aside by a yes when it is %s', (_, content) => {
    const directory = createDirectory();
    write(directory, content);
    open(directory).giveYes(YES);
    expect(readdirSync(directory).sort()).toEqual([NAME, `${NAME}.broken-1`]);
    expect(readFileSync(join(directory, `${NAME}.broken-1`))).toEqual(Buffer.from(content));
    expect(said(open(directory))).toContain('yes telemetry');
  });

  it('is no yes to anything else: what it held back stays held back', () => {
    for (const decide of [
      (file: ConsentFile) => file.setSwitch('diagnostics', true),
      (file: ConsentFile) => file.noteNotice(),
    ]) {
      const directory = createDirectory();
      write(directory, '{"telemetry_enabled": "false"}');
      decide(open(directory));
      expect(said(open(directory))).toContain('off telemetry');
      expect(readdirSync(directory).sort()).toEqual([NAME, `${NAME}.broken-1`]);
    }
  });

  it('is neither replaced nor kept aside for the sake of an id', () => {
    const directory = createDirectory();
    write(directory, '[]');
    expect(open(directory).installId()).toMatch(UUID);
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('may begin with a byte order mark, and is then one that can', () => {
    const directory = createDirectory();
    write(directory, '\ufeff{"telemetry_enabled": false}');
    expect(said(open(directory))).toEqual(['off telemetry']);
    expect(open(directory).read()[0]?.layer).toBe('consent_file');
  });

  it('is an off when it is a folder, which no decision replaces', () => {
    const directory = createDirectory();
    const path = join(directory, NAME);
    mkdirSync(join(path, 'inside'), { recursive: true });
    expect(said(open(directory))).toEqual(['off telemetry']);
    expect(failureOf(() => open(directory).giveYes(YES))).toMatchObject({ code: 'CONSENT_NOT_STORED' });
    expect(open(directory).installId()).toMatch(UUID);
    expect(readdirSync(directory)).toEqual([NAME]);
    expect(readdirSync(path)).toEqual(['inside']);
  });

  it('is an off when it is a link, which is replaced, and what it leads to is neither read nor changed', () => {
    const directory = createDirectory();
    const target = join(createDirectory(), 'target');
    writeFileSync(target, '{"telemetry_enabled": true}');
    symlinkSync(target, join(directory, NAME));
    expect(said(open(directory))).toEqual(['off telemetry']);
    open(directory).giveYes(YES);
    expect(lstatSync(join(directory, NAME)).isFile()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('{"telemetry_enabled": true}');
  });

  it('is an off when it may not be read', () => {
    const directory = createDirectory();
    const path = write(directory, { telemetry_enabled: true });
    chmodSync(directory, 0o755);
    chmodSync(path, 0o200);
    giveAway(path);
    const layers = withoutSpecialRights(() => open(directory).read());
    expect(layers).toMatchObject([{ kind: 'off', fix: `Make ${path} readable, or remove it.` }]);
  });

  it.skipIf(process.platform === 'win32').each([0o622, 0o620, 0o602, 0o666])(
    'is an off when others may write it: %o',
    (mode) => {
      const directory = createDirectory();
      const path = write(directory, { telemetry_enabled: true });
      chmodSync(path, mode);
      expect(open(directory).read()).toMatchObject([
        { kind: 'off', about: 'telemetry', layer: 'consent_file_unreadable' },
      ]);
      expect(open(directory).epoch()).toBe('');
      open(directory).giveYes(YES);
      expect(said(open(directory))).toContain('yes telemetry');
      expect(permissions(path)).toBe('600');
    },
  );

  it.skipIf(process.getuid?.() !== 0)(
    'is an off when another user has written it, and none when root has',
    () => {
      const directory = createDirectory();
      const path = write(directory, { telemetry_enabled: true });
      chmodSync(directory, 0o1777);
      chmodSync(path, 0o644);
      expect(withoutSpecialRights(() => said(open(directory)))).toEqual(['yes telemetry']);
      giveAway(path);
      expect(withoutSpecialRights(() => said(open(directory)))).toEqual(['yes telemetry']);
      expect(said(open(directory))).toEqual(['off telemetry']);
    },
  );

  it.each([
    [
      'acme telemetry',
      'Run `acme telemetry enable`, or `acme telemetry disable` if that was a no; the file is kept aside.',
    ],
    [undefined, 'Correct ~, or remove it.'],
  ])('comes with a fix that works with the command %s', (command, fix) => {
    const directory = createDirectory();
    const path = write(directory, 'broken');
    const [layer] = open(directory, command === undefined ? {} : { command }).read();
    expect(layer?.fix.replace(path, '~')).toBe(fix);
  });
});

describe('a decision that cannot be kept', () => {
  it.each(['giveYes', 'giveNo', 'setSwitch', 'noteNotice'] as const)(
    'makes %s fail, and says what helps',
    (name) => {
      const directory = createReadOnlyDirectory();
      const decide = (file: ConsentFile) =>
        ({
          giveYes: () => file.giveYes(YES),
          giveNo: () => file.giveNo(),
          setSwitch: () => file.setSwitch('diagnostics', false),
          noteNotice: () => file.noteNotice(),
        })[name]();
      const error = withoutSpecialRights(() => failureOf(() => decide(open(join(directory, 'telemetry')))));
      expect(error).toBeInstanceOf(ConsentError);
      expect(error).toMatchObject({ code: 'CONSENT_NOT_STORED', cause: { code: 'EACCES' } });
      expect((error as Error).message).toContain('cannot be written (EACCES)');
      expect(failureOf(() => decide(open(undefined)))).toMatchObject({
        code: 'CONSENT_NOT_STORED',
        message: expect.stringContaining('no home directory'),
      });
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  it('leaves the one before it as it was', () => {
    const directory = createDirectory();
    const path = write(directory, { telemetry_enabled: true });
    const before = readFileSync(path);
    chmodSync(directory, 0o555);
    withoutSpecialRights(() => failureOf(() => open(directory).giveNo()));
    expect(readFileSync(path)).toEqual(before);
    chmodSync(directory, 0o755);
  });
});

describe('the id of an installation', () => {
  it('is random, and the same in every run', () => {
    const directory = createDirectory();
    const id = open(directory).installId();
    expect(id).toMatch(UUID);
    expect(open(directory).installId()).toBe(id);
    expect(readJson(directory)).toMatchObject({ telemetry_enabled: null, user_id: null, install_id: id });
    expect(open(createDirectory()).installId()).not.toBe(id);
  });

  it('is the one of the yes, where there was a yes', () => {
    const directory = createDirectory();
    const { installId } = open(directory).giveYes(YES);
    expect(open(directory).installId()).toBe(installId);
  });

  it.each(['', 'garbage', 'x'.repeat(10_000), 7])('is made anew where %j stands for it', (value) => {
    const directory = createDirectory();
    write(directory, { telemetry_enabled: true, install_id: value });
    const id = open(directory).installId();
    expect(id).toMatch(UUID);
    expect(readJson(directory)).toMatchObject({ telemetry_enabled: true, install_id: id });
  });

  it('holds for the process where it cannot be kept', () => {
    const file = open(join(createReadOnlyDirectory(), 'telemetry'));
    const [first, second] = withoutSpecialRights(() => [file.installId(), file.installId()]);
    expect(first).toMatch(UUID);
    expect(second).toBe(first);
    const nowhere = open(undefined);
    expect(nowhere.installId()).toBe(nowhere.installId());
  });

  it('is never written beside a no, whoever said it', () => {
    const directory = createDirectory();
    const file = open(directory);
    const id = file.installId();
    open(directory).giveNo();
    expect(file.installId()).not.toBe(id);
    expect(readJson(directory)).toMatchObject({ telemetry_enabled: false, install_id: null });
  });
});

describe('a lock that a killed process left behind', () => {
  it('delays one decision by a moment, and is gone then', () => {
    const directory = createDirectory();
    writeFileSync(join(directory, `${NAME}.lock`), '');
    open(directory).giveNo();
    expect(said(open(directory))).toContain('off telemetry');
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('is known by its age to who needs an id', () => {
    const directory = createDirectory();
    const lock = join(directory, `${NAME}.lock`);
    writeFileSync(lock, '');
    utimesSync(lock, 0, 0);
    const id = open(directory).installId();
    expect(readJson(directory)).toMatchObject({ install_id: id });
    expect(readdirSync(directory)).toEqual([NAME]);
  });
});

describe('a lock that another process holds', () => {
  it('keeps an id waiting no longer than 40 ms, and the id is then not kept', () => {
    const directory = createDirectory();
    writeFileSync(join(directory, `${NAME}.lock`), '');
    const file = open(directory);
    const startedAtMs = performance.now();
    const id = file.installId();
    // With room for a busy machine: a decision would wait for 200 ms.
    expect(performance.now() - startedAtMs).toBeLessThan(120);
    expect(file.installId()).toBe(id);
    expect(readdirSync(directory)).toEqual([`${NAME}.lock`]);
  });
});

describe('a no goes on', () => {
  it('where a folder stands in the place of the lock', () => {
    const directory = createDirectory();
    open(directory).giveYes(YES);
    mkdirSync(join(directory, `${NAME}.lock`));
    open(directory).giveNo();
    expect(said(open(directory))).toContain('off telemetry');
    expect(open(directory).installId()).toMatch(UUID);
    expect(readJson(directory)).toMatchObject({ telemetry_enabled: false, install_id: null });
  });

  it('where nothing can be put beside the file: it is written over, with what others wrote in it', () => {
    const directory = createDirectory();
    const path = write(directory, { theme: 'dark' });
    open(directory).giveYes(YES);
    giveAway(path);
    chmodSync(directory, 0o555);
    withoutSpecialRights(() => open(directory).giveNo());
    chmodSync(directory, 0o755);
    expect(readJson(directory)).toMatchObject({ telemetry_enabled: false, user_id: null, theme: 'dark' });
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it.skipIf(process.platform !== 'linux')('where neither is possible: the yes is removed', () => {
    const home = createDirectory();
    // So deep that every name beside the file is longer than the system allows.
    const parts = Array<string>(50).fill('d'.repeat(100)).join('/');
    const directory = join(home, parts.slice(0, 4_092 - home.length - NAME.length)).replace(/[/]$/, 'd');
    mkdirSync(directory, { recursive: true });
    const path = write(directory, { telemetry_enabled: true });
    expect(said(open(directory))).toEqual(['yes telemetry']);
    chmodSync(path, 0o400);
    chmodSync(home, 0o755);
    giveAway(path);
    giveAway(directory);
    const error = withoutSpecialRights(() => failureOf(() => open(directory).giveNo()));
    expect(error).toMatchObject({ code: 'CONSENT_NOT_STORED', cause: { code: 'ENAMETOOLONG' } });
    expect(existsSync(path)).toBe(false);
  });
});
