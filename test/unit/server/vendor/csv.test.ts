import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DailyLine } from '../../../../src/server/db/vendor/index.js';
import { CSV_HEAD, toCsv } from '../../../../src/server/vendor/reading/csv.js';
import { streamLines } from '../../../../src/server/vendor/reading/stream-lines.js';
import { CSV_COLUMNS } from '../../../../src/server/wire/index.js';

const lineOf = (changes: Partial<DailyLine> = {}): DailyLine => ({
  ...(Object.fromEntries(CSV_COLUMNS.map((column) => [column, 1])) as unknown as DailyLine),
  date: '2026-01-11',
  customer_id: 'extend',
  ...changes,
});

describe('lines as CSV', () => {
  it('begin with the names of the columns, and end as RFC 4180 says', () => {
    expect(CSV_HEAD).toBe(`${CSV_COLUMNS.join(',')}\r\n`);
    expect(toCsv([lineOf(), lineOf()]).match(/\r\n/g)).toHaveLength(2);
  });

  it('leave a cell empty where nothing is known, which is no zero', () => {
    expect(toCsv([lineOf({ p50_duration_seconds: null, failed_runs: 0 })])).toBe(
      '2026-01-11,extend,1,1,1,0,1,1,,1,1,1,1,1\r\n',
    );
  });

  it.each(['=1+1', '+1', '-acme', '@sum', '\tx', '\rx'])(
    'take %j for a text in a spreadsheet',
    (customer_id) => {
      expect(toCsv([lineOf({ customer_id })])).toBe(`2026-01-11,"'${customer_id}",${'1,'.repeat(11)}1\r\n`);
    },
  );

  it('hold every text as it is', () => {
    fc.assert(
      fc.property(fc.string(), (customer_id) => {
        const cell = toCsv([lineOf({ customer_id })]).slice(
          '2026-01-11,'.length,
          -`,${'1,'.repeat(11)}1\r\n`.length,
        );
        const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(text.replace(/^'(?=[=+\-@\t\r])/, '')).toBe(customer_id);
        if (!cell.startsWith('"')) expect(cell).not.toMatch(/[",\r\n]/);
      }),
    );
  });
});

describe('a stream of lines', () => {
  it('reads page by page, each from where the one before ended', async () => {
    const pages = [[lineOf({ customer_id: 'c' })], []];
    const asked: unknown[] = [];
    const stream = streamLines(
      [lineOf({ customer_id: 'a' }), lineOf({ customer_id: 'b' })],
      async (after) => {
        asked.push(after?.customer_id);
        return pages.shift() ?? [];
      },
    );
    const text = await new Response(stream).text();
    expect(text.split('\r\n').map((line) => line.split(',')[1])).toEqual([
      'customer_id',
      'a',
      'b',
      'c',
      undefined,
    ]);
    expect(asked).toEqual(['b', 'c']);
  });

  it('fails where a page cannot be read, rather than end early', async () => {
    const stream = streamLines([lineOf()], () => Promise.reject(new Error('away')));
    await expect(new Response(stream).text()).rejects.toThrow();
  });
});
