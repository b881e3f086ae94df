import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SanitizedEvent } from '../../../../src/privacy/index.js';
import { clearData, createCrashFiles, exportData } from '../../../../src/store/index.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  withoutSpecialRights,
} from '../../../support/directories.js';

const NOW = Date.UTC(2026, 10, 21, 8, 30, 0, 123);
const DAY_MS = 86_400_000;
const LIMITS = { maxFiles: 50, maxBytes: 1_000_000, retentionDays: 30 };
const NAME = /^crash_20261121_083000_[0-9a-f]{8}\.json$/;

const eventWith = (note: string) => ({ timestampMs: NOW, properties: { note } }) as unknown as SanitizedEvent;
const EFFECTS = { toWire: ({ properties }: SanitizedEvent) => properties, now: () => NOW };

const openAt = (directory: string | undefined, limits: Partial<typeof LIMITS> = {}) =>
  createCrashFiles(directory, { ...LIMITS, ...limits }, EFFECTS);
const namesIn = (directory: string) => readdirSync(join(directory, 'crashes')).sort();
const notesIn = (directory: string) =>
  namesIn(directory).map(
    (name) => (JSON.parse(readFileSync(join(directory, 'crashes', name), 'utf8')) as { note: string }).note,
  );

/** A report of long ago. */
function plant(directory: string, unique: string, ageMs: number, content = '{"note":"old"}'): string {
  const path = join(directory, 'crashes', `crash_20260101_000000_${unique}.json`);
  mkdirSync(join(directory, 'crashes'), { recursive: true, mode: 0o700 });
  writeFileSync(path, content);
  const at = (NOW - ageMs) / 1_000;
  utimesSync(path, at, at);
  return path;
}

describe('a crash report', () => {
  it('is the message of the wire, for people to read, under the time it happened', () => {
    const directory = createDirectory();
    expect(openAt(directory).write(eventWith('failed'))).toBe(true);
    const [name = ''] = namesIn(directory);
    expect(name).toMatch(NAME);
    expect(readFileSync(join(directory, 'crashes', name), 'utf8')).toBe('{\n  "note": "failed"\n}\n');
  });

  it.skipIf(process.platform === 'win32')('can be read by its user only', () => {
    const directory = createDirectory();
    openAt(directory).write(eventWith('failed'));
    const [name = ''] = namesIn(directory);
    expect(statSync(join(directory, 'crashes')).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'crashes', name)).mode & 0o777).toBe(0o600);
  });

  it('has a name of its own, however many there are in a moment', () => {
    const directory = createDirectory();
    const files = openAt(directory);
    for (let count = 0; count < 40; count += 1) files.write(eventWith(`${count}`));
    expect(namesIn(directory)).toHaveLength(40);
  });

  it('is exported, and cleared', () => {
    const directory = createDirectory();
    openAt(directory).write(eventWith('failed'));
    const exported = JSON.parse([...exportData(directory, {})].join('')) as {
      crash_files: { data: unknown }[];
    };
    expect(exported.crash_files.map(({ data }) => data)).toEqual([{ note: 'failed' }]);
    expect(clearData(directory)).toEqual({ deletedFiles: 1, failed: [] });
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is not written when it is larger than all reports may be', () => {
    const directory = createDirectory();
    expect(openAt(directory, { maxBytes: 10 }).write(eventWith('failed'))).toBe(false);
    expect(openAt(directory, { maxBytes: 1e9 }).write(eventWith('x'.repeat(2_000_000)))).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('the oldest reports go', () => {
  it('when there are too many', () => {
    const directory = createDirectory();
    for (const [age, unique] of ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'].entries())
      plant(directory, unique, (age + 1) * DAY_MS, `{"note":"${unique}"}`);
    openAt(directory, { maxFiles: 2 }).write(eventWith('new'));
    expect(notesIn(directory)).toEqual(['aaaaaaaa', 'new']);
  });

  it('when they are too large together', () => {
    const directory = createDirectory();
    plant(directory, 'aaaaaaaa', DAY_MS, `{"note":"${'x'.repeat(50)}"}`);
    plant(directory, 'bbbbbbbb', 2 * DAY_MS, '{"note":"small, but older"}');
    openAt(directory, { maxBytes: 60 }).write(eventWith('new'));
    expect(notesIn(directory)).toEqual(['new']);
  });

  it('when they are too old', () => {
    const directory = createDirectory();
    plant(directory, 'aaaaaaaa', 29 * DAY_MS);
    plant(directory, 'bbbbbbbb', 31 * DAY_MS);
    openAt(directory).write(eventWith('new'));
    expect(notesIn(directory)).toEqual(['old', 'new']);
  });

  it('and no file that is none', () => {
    const directory = createDirectory();
    plant(directory, 'aaaaaaaa', 99 * DAY_MS);
    writeFileSync(join(directory, 'crashes', 'crash_course.md'), '');
    openAt(directory).write(eventWith('new'));
    expect(namesIn(directory)).toEqual([expect.stringMatching(NAME), 'crash_course.md']);
  });
});

describe('where reports cannot be kept', () => {
  it.each<readonly [what: string, prepare: () => string | undefined]>([
    ['there is no directory', () => undefined],
    [
      'a file stands in the way',
      () => {
        const directory = createDirectory();
        writeFileSync(join(directory, 'crashes'), '');
        return directory;
      },
    ],
    [
      'the directory is a file',
      () => {
        const path = join(createDirectory(), 'telemetry');
        writeFileSync(path, '');
        return path;
      },
    ],
  ])('writing says so: %s', (_what, prepare) => {
    expect(openAt(prepare()).write(eventWith('failed'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('a read-only directory is left alone', () => {
    const directory = createReadOnlyDirectory();
    expect(withoutSpecialRights(() => openAt(directory).write(eventWith('failed')))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('a link in place of the folder is not followed', () => {
    const [directory, elsewhere] = [createDirectory(), createDirectory()];
    symlinkSync(elsewhere, join(directory, 'crashes'));
    expect(openAt(directory).write(eventWith('failed'))).toBe(false);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'a link among the reports is removed in its turn, and not followed',
    () => {
      const [directory, elsewhere] = [createDirectory(), createDirectory()];
      writeFileSync(join(elsewhere, 'diary'), 'dear diary');
      mkdirSync(join(directory, 'crashes'), { mode: 0o700 });
      symlinkSync(
        join(elsewhere, 'diary'),
        join(directory, 'crashes', 'crash_20260101_000000_aaaaaaaa.json'),
      );
      openAt(directory, { maxFiles: 1 }).write(eventWith('new'));
      expect(notesIn(directory)).toEqual(['new']);
      expect(readFileSync(join(elsewhere, 'diary'), 'utf8')).toBe('dear diary');
    },
  );

  it.skipIf(process.platform === 'win32')('a folder that others can write to is not used', () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'crashes'));
    chmodSync(join(directory, 'crashes'), 0o777);
    expect(openAt(directory).write(eventWith('failed'))).toBe(false);
    expect(namesIn(directory)).toEqual([]);
  });

  it('an event that cannot be told costs nothing but itself', () => {
    const effects = {
      ...EFFECTS,
      toWire: () => {
        throw new Error('refused');
      },
    };
    expect(createCrashFiles(createDirectory(), LIMITS, effects).write(eventWith('failed'))).toBe(false);
  });
});
