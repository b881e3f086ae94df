import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConsentFile, type ConsentFileOptions, openConsentFile } from '../../../../src/consent/index.js';
import { createDirectory } from '../../../support/directories.js';

const NOW_MS = Date.parse('2026-01-02T03:04:05.678Z');
const DAY_MS = 86_400_000;
const DIGEST = 'a'.repeat(64);
const V1 = { catalogueVersion: 'v1', catalogue: { events: { edit: {} } } };
const V2 = { catalogueVersion: 'v2', catalogue: { events: { edit: {}, share: {} } } };

function open(
  directory: string,
  { basis = 'opt-in', nowMs = NOW_MS }: { basis?: ConsentFileOptions['basis']; nowMs?: number } = {},
): ConsentFile {
  const effects = { now: () => nowMs, randomId: () => crypto.randomUUID(), processStartedAt: () => nowMs };
  return openConsentFile(directory, { basis, command: undefined }, effects);
}

const stored = (directory: string) =>
  JSON.parse(readFileSync(join(directory, 'telemetry_config.json'), 'utf8')) as Record<string, unknown>;

describe('what a yes was to', () => {
  it('is kept on a line of its own, and differs in a short digest', () => {
    const directory = createDirectory();
    const file = open(directory);
    expect(file.covers()).toBe('');
    file.giveYes({ dryRun: false, ...V1 });
    const text = readFileSync(join(directory, 'telemetry_config.json'), 'utf8');
    expect(text.split('\n')).toContain('  "catalogue": {"events":{"edit":{}}}');
    const before = file.covers();
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    open(directory).acceptCatalogue(V2);
    expect(file.covers()).not.toBe(before);
  });

  it('can be added to by a later yes, which leaves everything else as it is', () => {
    const directory = createDirectory();
    const {
      catalogue: _1,
      catalogueVersion: _2,
      ...before
    } = open(directory).giveYes({ dryRun: true, ...V1 });
    open(directory).setSwitch('usageAnalytics', false);
    const after = open(directory, { nowMs: NOW_MS + DAY_MS }).acceptCatalogue(V2);
    expect(after).toMatchObject({ ...before, usageAnalytics: false, userId: after.userId, ...V2 });
    expect(after.consentTimestamp).toBe(before.consentTimestamp);
  });

  it('is no way around a no', () => {
    const directory = createDirectory();
    open(directory).giveNo();
    open(directory).acceptCatalogue(V2);
    expect(open(directory).adoptCatalogue(V2, DIGEST)).toBe(false);
    expect(stored(directory)).toMatchObject({ telemetry_enabled: false, catalogue_version: null });
    expect(stored(directory)).not.toHaveProperty('catalogue');
  });

  it('is forgotten with a no, and so is what was declined and noticed', () => {
    const directory = createDirectory();
    const file = open(directory);
    file.giveYes({ dryRun: false, ...V1 });
    file.declineCatalogue(DIGEST);
    file.noteChangesNotice(DIGEST);
    file.giveNo();
    expect(
      Object.keys(stored(directory)).filter((key) => /catalogue(?!_version$)|d_catalogue/.test(key)),
    ).toEqual([]);
  });

  it('stays as it was when more is declined, until a yes to it', () => {
    const directory = createDirectory();
    const file = open(directory);
    file.giveYes({ dryRun: false, ...V1 });
    expect(file.declineCatalogue(DIGEST)).toMatchObject({ ...V1, declinedCatalogueVersion: DIGEST });
    expect(file.acceptCatalogue(V2)).toMatchObject({ ...V2, declinedCatalogueVersion: undefined });
  });
});

describe('a yes to something that nobody wrote down', () => {
  it('takes what it is first given, and nothing after that', () => {
    const directory = createDirectory();
    open(directory).giveYes({ dryRun: false, catalogueVersion: undefined });
    expect(open(directory).adoptCatalogue(V1, DIGEST)).toBe(true);
    expect(open(directory).adoptCatalogue(V2, DIGEST)).toBe(true);
    expect(open(directory).record()).toMatchObject(V1);
  });

  it.each([
    ['an unreadable one', 7],
    ['a digest', DIGEST],
  ])('is none where %s stands', (_what, catalogue) => {
    const directory = createDirectory();
    open(directory).giveYes({ dryRun: false, catalogueVersion: undefined, catalogue: catalogue as string });
    expect(open(directory).adoptCatalogue(V1, DIGEST)).toBe(true);
    expect(open(directory).record().catalogue).not.toEqual(V1.catalogue);
  });

  it('is needed: silence takes nothing', () => {
    const directory = createDirectory();
    open(directory).setSwitch('diagnostics', true);
    expect(open(directory).adoptCatalogue(V1, DIGEST)).toBe(false);
    expect(stored(directory)).not.toHaveProperty('catalogue');
  });
});

describe('a notice about what is more', () => {
  const optOut = (directory: string, nowMs: number) => open(directory, { basis: 'opt-out', nowMs });

  it('counts in runs that begin later, for exactly what it was about', () => {
    const directory = createDirectory();
    optOut(directory, NOW_MS).noteNotice(V1);
    const shown = optOut(directory, NOW_MS);
    shown.noteChangesNotice(DIGEST);
    shown.adoptCatalogue(V2, DIGEST);
    optOut(directory, NOW_MS - 1).adoptCatalogue(V2, DIGEST);
    optOut(directory, NOW_MS + DAY_MS).adoptCatalogue(V2, 'b'.repeat(64));
    expect(open(directory).record()).toMatchObject(V1);
    optOut(directory, NOW_MS + DAY_MS).adoptCatalogue(V2, DIGEST);
    expect(open(directory).record()).toMatchObject({ ...V2, noticedCatalogueVersion: undefined });
  });

  it('is not put off by being shown again, and begins anew about something else', () => {
    const directory = createDirectory();
    optOut(directory, NOW_MS).noteChangesNotice(DIGEST);
    optOut(directory, NOW_MS + DAY_MS).noteChangesNotice(DIGEST);
    expect(stored(directory).noticed_catalogue_timestamp).toBe('2026-01-02T03:04:05.678Z');
    optOut(directory, NOW_MS + DAY_MS).noteChangesNotice('b'.repeat(64));
    expect(stored(directory).noticed_catalogue_timestamp).toBe('2026-01-03T03:04:05.678Z');
  });

  it('does not count where a yes is needed', () => {
    const directory = createDirectory();
    open(directory).giveYes({ dryRun: false, ...V1 });
    open(directory).noteChangesNotice(DIGEST);
    open(directory, { nowMs: NOW_MS + DAY_MS }).adoptCatalogue(V2, DIGEST);
    expect(open(directory).record()).toMatchObject(V1);
  });
});
