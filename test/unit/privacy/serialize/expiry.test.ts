import { describe, expect, it } from 'vitest';
import { defineEvent } from '../../../../src/events/index.js';
import { count, nested, serializeForTelemetry, textCount } from '../../../../src/privacy/index.js';
import { openDoor } from '../support.js';

const LAST_MS = Date.UTC(2027, 0, 31) - 1;

class Row {
  @count({ expires: '2027-01-31' }) cells: unknown[] = [1, 2];
  @textCount() title = 'rows';
}

const Table = defineEvent('table', {
  rows: count({ expires: '2027-01-31' }),
  query: textCount({ withToolsOverPrivacy: 'redact', expires: '2027-01-31' }),
  row: nested(() => Row),
  columns: count(),
});

const table = () => Table.create({ rows: [1, 2, 3], query: 'which?', row: new Row(), columns: [1] });

describe('a field with an expiry', () => {
  it('leaves until its day, the redacted text with it', () => {
    const door = openDoor({ nowMs: LAST_MS, toolsOverPrivacy: true });
    expect(door.typed(table())).toEqual({
      rows: 3,
      query: 6,
      query_redacted: 'which?',
      row: { cells: 2, title: 4 },
      columns: 1,
    });
    expect(door.dropped).toEqual({});
  });

  it('leaves no more from its day on, at any depth, and is counted; the others go on', () => {
    const door = openDoor({ nowMs: LAST_MS + 1, toolsOverPrivacy: true });
    expect(door.typed(table())).toEqual({ row: { title: 4 }, columns: 1 });
    expect(door.dropped).toEqual({ field_expired: 3 });
  });

  it('is not even read then', () => {
    const event = Object.defineProperty(table(), 'rows', {
      get: () => expect.unreachable('an expired field was read'),
    });
    const door = openDoor({ nowMs: LAST_MS + 1 });
    expect(door.typed(event)).toEqual({ row: { title: 4 }, columns: 1 });
    expect(door.dropped).toEqual({ field_expired: 3 });
  });

  it('does not leave as an undeclared one either', () => {
    const Open = defineEvent('open', { rows: count({ expires: '2027-01-31' }) }, { undeclared: 'plain' });
    const door = openDoor({ nowMs: LAST_MS + 1 });
    expect(door.typed(Object.assign(Open.create({ rows: [] }), { columns: 2 }))).toEqual({ columns: 2 });
  });

  it('is there for the maker’s own eyes, outside a client, where there is no clock', () => {
    const Long = defineEvent('long', { old: count({ expires: '2001-01-01' }), now: count() });
    expect(serializeForTelemetry(Long.create({ old: [], now: [] }))).toEqual({ old: 0, now: 0 });
  });
});

describe('an event with an expiry', () => {
  const Ending = defineEvent('ending', { rows: count() }, { expires: '2027-01-31' });
  const ending = () => Ending.create({ rows: [] });

  it('leaves until its day, and then no more, and is counted', () => {
    expect(openDoor({ nowMs: LAST_MS }).typed(ending())).toEqual({ rows: 0 });
    const door = openDoor({ nowMs: LAST_MS + 1 });
    expect(door.typed(ending())).toBeUndefined();
    expect(door.dropped).toEqual({ event_expired: 1 });
  });

  it('leaves no more under another name either', () => {
    expect(openDoor({ nowMs: LAST_MS }).untyped(ending())).toEqual({ rows: 0 });
    const door = openDoor({ nowMs: LAST_MS + 1 });
    expect(door.untyped(ending())).toBeUndefined();
    expect(door.untyped({ inside: ending(), after: 1 })).toEqual({ after: 1 });
    expect(door.dropped).toEqual({ event_expired: 2 });
  });
});
