import { describe, expect, it } from 'vitest';
import { createCatalogue, defineEvent, withoutExpired } from '../../../../src/events/index.js';
import { count, nested } from '../../../../src/privacy/index.js';

class Row {
  @count({ expires: '2027-01-31' }) cells = [];
  @count() marks = [];
}

class Plan {
  @count({ expires: '2027-01-31' }) seats = [];
}

const Table = defineEvent('table', { rows: count({ expires: '2027-01-31' }), row: nested(() => Row) });
const Ending = defineEvent('ending', { rows: count() }, { expires: '2027-01-31' });

const catalogue = createCatalogue('acme', [Table, Ending, Plan]);
const LAST_MS = Date.UTC(2027, 0, 31) - 1;

describe('a catalogue without what has expired', () => {
  it('is whole until the day', () => {
    expect(withoutExpired(catalogue, LAST_MS)).toEqual(catalogue);
  });

  it('has nothing of it from the day on, at any depth, and the same version', () => {
    const { version, events, session, common } = withoutExpired(catalogue, LAST_MS + 1);
    expect(events.map(({ name }) => name)).toEqual(['table']);
    expect(events[0]?.fields).toMatchObject([{ name: 'row', fields: [{ name: 'marks' }] }]);
    expect(events[0]?.fields[0]?.fields).toHaveLength(1);
    expect(events[0]?.example).toEqual({ row: { marks: 3 } });
    expect(session).toEqual([]);
    expect({ version, common }).toEqual({ version: catalogue.version, common: catalogue.common });
  });
});
