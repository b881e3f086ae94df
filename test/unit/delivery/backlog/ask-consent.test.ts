import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAsk } from '../../../../src/delivery/backlog/ask-consent.js';
import type { OtlpNote, PostHogNote } from '../../../../src/store/spool/note.js';
import { createDirectory } from '../../../support/directories.js';

const NOTE: PostHogNote = {
  sink: 'posthog',
  needs: ['usageAnalytics'],
  app: 'acme',
  basis: 'opt-in',
  command: undefined,
  epoch: '',
  toolsOverPrivacy: false,
  key: 'phc_key',
  host: 'https://eu.i.posthog.com',
  allowsHttp: false,
  requestTimeoutMs: 1_000,
  compressionThresholdBytes: undefined,
  places: [],
  umbrellaFlag: false,
  workingDirectory: undefined,
};

const { key: _, ...ANY_NOTE } = NOTE;
const OTLP_NOTE: OtlpNote = {
  ...ANY_NOTE,
  sink: 'otlp',
  host: 'http://localhost:4318',
  protocol: 'http/protobuf',
  headers: { authorization: 'Bearer abc' },
  version: undefined,
  distinctId: 'session',
};

const ask = (note: Partial<PostHogNote> | OtlpNote = {}, directory = createDirectory()) =>
  createAsk(directory, note.sink === 'otlp' ? note : { ...NOTE, ...note })();

/** A directory with one file in it. */
function directoryWith(name: string, text: string): string {
  const directory = createDirectory();
  writeFileSync(join(directory, name), text);
  return directory;
}

beforeEach(() => void vi.stubEnv('ACME_TELEMETRY_ENABLED', 'true'));
afterEach(() => void vi.unstubAllEnvs());

describe('events that others left', () => {
  it('may be sent while the same yes holds', () => {
    expect(ask()).toBe('yes');
  });

  it.each<[string, Partial<PostHogNote>]>([
    ['they were recorded under another answer', { epoch: 'another' }],
    ['they may hold what needs a second yes, which is gone', { toolsOverPrivacy: true }],
  ])('never leave when %s', (_, note) => {
    expect(ask(note)).toBe('never');
  });

  it('never leave when usage analytics were switched off', () => {
    vi.stubEnv('ACME__TELEMETRY__USAGE_ANALYTICS', 'false');
    expect(ask()).toBe('never');
  });

  it.each<[PostHogNote['needs'], string]>([
    [['errorReporting'], 'ACME__TELEMETRY__ERROR_REPORTING'],
    [['usageAnalytics', 'errorReporting'], 'ACME__TELEMETRY__ERROR_REPORTING'],
    [['usageAnalytics', 'errorReporting'], 'ACME__TELEMETRY__USAGE_ANALYTICS'],
  ])('that need %j never leave once %s is switched off', (needs, variable) => {
    expect(ask({ needs })).toBe('yes');
    vi.stubEnv(variable, 'false');
    expect(ask({ needs })).toBe('never');
  });

  it('do not leave while the flag that the app stands under is off', () => {
    const directory = directoryWith('acme.json', '{ "features": { "enable_observability": true } }');
    const path = join(directory, 'acme.json');
    const note = { umbrellaFlag: true, places: [{ kind: 'app', path, shown: path }] } as const;
    expect(ask(note)).toBe('yes');
    writeFileSync(path, '{ "features": { "enable_observability": false } }');
    expect(ask(note)).toBe('not_now');
    expect(ask({ ...note, umbrellaFlag: false })).toBe('yes');
  });

  it('do not mind a part that none of them needs', () => {
    vi.stubEnv('ACME__TELEMETRY__USAGE_ANALYTICS', 'false');
    expect(ask({ needs: ['errorReporting'] })).toBe('yes');
  });

  it('never leave without the second yes that a crash report needs', () => {
    expect(ask({ needs: ['crashReporting'] })).toBe('never');
    vi.stubEnv('ACME__TELEMETRY__CRASH_REPORTING', 'true');
    expect(ask({ needs: ['crashReporting'] })).toBe('yes');
  });

  it('may be sent as OTLP, where that address may be used', () => {
    expect(ask(OTLP_NOTE)).toBe('yes');
    expect(ask({ ...OTLP_NOTE, host: 'http://collector.test' })).toBe('not_now');
    expect(ask({ ...OTLP_NOTE, host: 'http://collector.test', allowsHttp: true })).toBe('yes');
    vi.stubEnv('ACME__TELEMETRY__OTLP_ENDPOINT', 'nowhere');
    expect(ask(OTLP_NOTE)).toBe('not_now');
  });

  it.each([
    ['DO_NOT_TRACK', '1'],
    ['ACME_DISABLE_TELEMETRY', '1'],
    ['ACME_TELEMETRY_ENABLED', 'false'],
    ['ACME__TELEMETRY__DRY_RUN', '1'],
  ])('do not leave while %s=%s', (name, value) => {
    vi.stubEnv(name, value);
    expect(ask()).toBe('not_now');
  });

  it('do not leave while a .env says no where their program stood', () => {
    const workingDirectory = directoryWith('.env', 'DO_NOT_TRACK=1\n');
    expect(ask({ workingDirectory })).toBe('not_now');
  });

  it('do not leave while a file that their program listens to says no', () => {
    const path = join(directoryWith('telemetry.json', '{"telemetry_enabled":false}'), 'telemetry.json');
    expect(ask({ places: [{ kind: 'project', path, shown: path }] })).toBe('not_now');
  });

  it('do not leave over a network in the clear once nobody allows that', () => {
    const note = { host: 'http://collector.test', allowsHttp: true };
    expect(ask(note)).toBe('yes');
    vi.stubEnv('ACME__TELEMETRY__ALLOW_HTTP', 'false');
    expect(ask(note)).toBe('not_now');
    vi.unstubAllEnvs();
    vi.stubEnv('ACME_TELEMETRY_ENABLED', 'true');
    expect(ask({ ...note, allowsHttp: false })).toBe('not_now');
  });

  it('of a service need no second yes but the one of its code', () => {
    expect(ask({ basis: 'given', toolsOverPrivacy: true })).toBe('yes');
    vi.stubEnv('ACME__TELEMETRY__TOOLS_OVER_PRIVACY', 'false');
    expect(ask({ basis: 'given', toolsOverPrivacy: true })).toBe('never');
  });

  it('follow what changes in between', () => {
    const directory = createDirectory();
    const again = createAsk(directory, NOTE);
    expect(again()).toBe('yes');
    writeFileSync(join(directory, 'telemetry_config.json'), '{"telemetry_enabled":false}');
    expect(again()).toBe('not_now');
  });
});
