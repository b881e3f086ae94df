import { describe, expect, it } from 'vitest';
import { formatNote, parseNote } from '../../../../src/store/spool/note.js';
import { formatNoteName, isSpoolFile, parseNoteName } from '../../../../src/store/spool/note-name.js';
import { DEAD_PID, FILE, LATER_FILE, NOTE, OTLP_NOTE } from './support.js';

describe('a note', () => {
  it.each([
    ['with everything', NOTE],
    ['without what may be missing', { ...NOTE, command: undefined, compressionThresholdBytes: undefined }],
    ['of OTLP', OTLP_NOTE],
    ['of OTLP, without what may be missing', { ...OTLP_NOTE, version: undefined, headers: {} }],
    ['with every need', { ...NOTE, needs: ['usageAnalytics', 'errorReporting', 'crashReporting'] as const }],
    ['of somebody who was not asked', { ...NOTE, basis: 'given' as const, epoch: '', places: [] }],
  ])('is read back %s', (_, note) => {
    expect(parseNote(formatNote(note))).toEqual(note);
  });

  it('that an earlier version wrote, which knew one sink, events of use alone and no flags, is read as one of these', () => {
    const { sink, needs, umbrellaFlag, ...earlier } = NOTE;
    expect(parseNote(JSON.stringify(earlier))).toEqual(NOTE);
  });

  it('has nothing that is not its own', () => {
    const text = JSON.stringify({ ...NOTE, more: 1, places: [{ ...NOTE.places[0], more: 1 }] });
    expect(parseNote(text)).toEqual(NOTE);
    expect(parseNote(JSON.stringify({ ...OTLP_NOTE, key: 'phc_key' }))).toEqual(OTLP_NOTE);
  });

  it.each<[string, object | string]>([
    ['no JSON', '{"app":'],
    ['null', 'null'],
    ['a list', []],
    ['another name of an app', { app: '../acme' }],
    ['another basis', { basis: 'assumed' }],
    ['no epoch', { epoch: undefined }],
    ['another sink', { sink: 'elsewhere' }],
    ['a word for a flag', { umbrellaFlag: 'true' }],
    ['a need that nothing is known of', { needs: ['usageAnalytics', 'everything'] }],
    ['no list of needs', { needs: 'usageAnalytics' }],
    ['nothing but the name of another sink', { sink: 'otlp' }],
    ['another protocol', { ...OTLP_NOTE, protocol: 'grpc' }],
    ['no headers', { ...OTLP_NOTE, headers: undefined }],
    ['a header that is no text', { ...OTLP_NOTE, headers: { authorization: 1 } }],
    ['another id', { ...OTLP_NOTE, distinctId: 'person' }],
    ['no key', { key: '' }],
    ['no host', { host: '' }],
    ['a word for a yes', { allowsHttp: 'true' }],
    ['no time to wait', { requestTimeoutMs: 0 }],
    ['a time that is none', { requestTimeoutMs: '10000' }],
    ['less than nothing', { compressionThresholdBytes: -1 }],
    ['null for a command', { command: null }],
    ['no places', { places: undefined }],
    ['a place that is null', { places: [null] }],
    ['a place of another kind', { places: [{ ...NOTE.places[0], kind: 'moon' }] }],
    ['a place that is not absolute', { places: [{ ...NOTE.places[0], path: 'telemetry.json' }] }],
  ])('is none with %s', (_, change) => {
    const text = typeof change === 'string' ? change : JSON.stringify({ ...NOTE, ...change });
    expect(parseNote(Array.isArray(change) ? '[]' : text)).toBeUndefined();
  });
});

describe('the name of a note', () => {
  it.each([
    [{ fileName: FILE, pid: 4711 }, 'telemetry_20261121_083000_1b4e28ba.4711.held.json'],
    [{ fileName: LATER_FILE, pid: DEAD_PID }, `telemetry_20261121_083000_1b4e28ba.2.${DEAD_PID}.held.json`],
    [{ fileName: FILE, pid: undefined }, 'telemetry_20261121_083000_1b4e28ba.released.json'],
    [{ fileName: LATER_FILE, pid: undefined }, 'telemetry_20261121_083000_1b4e28ba.2.released.json'],
  ])('says what %o says', (note, name) => {
    expect(formatNoteName(note)).toBe(name);
    expect(parseNoteName(name)).toEqual(note);
  });

  it.each(['../secret', 'secret', '', '../ledger/telemetry_20261121_083000_1b4e28ba.ndjson'])(
    'is not made of %j',
    (fileName) => {
      expect(formatNoteName({ fileName, pid: undefined })).toBeUndefined();
    },
  );

  it.each([
    'telemetry_20261121_083000_1b4e28ba.held.json',
    'telemetry_20261121_083000_1b4e28ba.0.held.json',
    'telemetry_20261121_083000_1b4e28ba.-1.held.json',
    'telemetry_20261121_083000_1b4e28ba.2.3.4.held.json',
    'telemetry_20261121_083000_1b4e28ba.4711.held.json.bak',
    'telemetry_notes.released.json',
    'state.json',
  ])('is not %s', (name) => {
    expect(parseNoteName(name)).toBeUndefined();
  });

  it.each([
    ['state.json', true],
    ['lease', true],
    ['lease.claim', true],
    ['lease.0123456789abcdef.tmp', true],
    ['telemetry_20261121_083000_1b4e28ba.released.json.0123456789abcdef.tmp', true],
    ['lease.txt', false],
    ['notes.json', false],
  ])('and others tell whether %s is of the spool', (name, isOurs) => {
    expect(isSpoolFile(name)).toBe(isOurs);
  });
});
