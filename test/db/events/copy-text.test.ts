import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCopyText } from '../../../src/server/db/events/copy-text.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';
import { buildStored } from '../../unit/server/ingest/build-event.js';

/** Every UTF-16 unit, lone surrogates and U+0000 included; and what means something to `COPY`. */
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom('\\', '\\N', '\\.', '\t', '\n', '\r', '\r\n', '\u0000', '\ud800', '\udc00', 'a', '"'),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join('')),
);
const name = odd.filter((text) => text.length > 0);
const properties = fc.dictionary(odd, fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), { maxKeys: 4 });
const events = fc.array(
  fc.record({ event: name, distinct_id: name, properties }).map((parts) => buildStored(parts as object)),
  { minLength: 1, maxLength: 8 },
);

describe.each(DATABASE_KINDS)('copying into %s', (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  }, 60_000);
  afterAll(() => test.close());

  it('keeps every string and every JSON value as it is', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (batch) => {
        await test.query('TRUNCATE sotto_vendor.ingest_events');
        await test.database.events.add(batch);
        const read = (await test.database.events.list({ limit: 10 })).events;
        expect(JSON.stringify(read)).toBe(JSON.stringify(batch));
      }),
      { numRuns: 60 },
    );
  });

  it('takes a text of any characters but U+0000 as one column', async () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .map((found) => `${found}\\N\\.\t\n\r`.replaceAll('\u0000', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
        const rows = texts.map((value, place) => [place, value] as const);
        const read = await test.connection.load({
          prepare: 'create temp table copied (place integer, value text) on commit drop',
          target: 'pg_temp.copied',
          text: toCopyText(rows),
          finish: 'select value from copied order by place',
        });
        expect(read.map(({ value }) => value)).toEqual(texts);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps a first column without a character apart from the next', () => {
    expect(toCopyText([['', 'a', ''], ['']])).toBe('\ta\t\n\n');
  });

  it('leaves nothing of a batch with a line that does not fit', async () => {
    const adding = test.database.events.add([buildStored(), buildStored({ uuid: 'canary' })]);
    await expect(adding).rejects.toMatchObject({ code: 'DATABASE_FAILED' });
    await expect(test.database.events.add([buildStored()])).resolves.toMatchObject({ accepted: 1 });
  });
});
