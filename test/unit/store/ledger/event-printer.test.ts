import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMessage, toPostHogMessage } from '../../../../src/delivery/index.js';
import { digestOfEvent, type JsonObject, type SanitizedEvent } from '../../../../src/privacy/index.js';
import { EventPrinter } from '../../../../src/store/ledger/event-printer.js';
import { openRecord } from '../../../../src/store/ledger/open-line.js';
import { buildEvent } from './support.js';

/** Its declarations call a default export what Node.js gives as the module itself. */
const reference = canonicalize as unknown as (value: object) => string;
const TIME = '2026-11-21T08:30:00.000Z';

/** Names that several sources use, that look like numbers, that sort in ways of their own, and any other that the door lets pass. */
const NAME = fc.oneof(
  fc.constantFrom('a', 'b', 'B', '$lib', '$geoip_disable', '9', '10', '1', '', '€', '😀', 'é'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const VALUE = fc.oneof(
  fc.constantFrom('a', 'b', 1, 2.5, -0, true, null),
  fc.jsonValue({ stringUnit: 'binary' }),
);
const PROPERTIES = fc.dictionary(NAME, VALUE, { maxKeys: 8 });

/** Events of two names, of which some have the same properties but for their values, and some share what is common. */
const EVENTS = fc
  .record({ owns: fc.array(PROPERTIES, { minLength: 1 }), commons: fc.array(PROPERTIES, { minLength: 1 }) })
  .chain(({ owns, commons }) =>
    fc.array(
      fc.record({
        event: fc.constantFrom('search', 'a "quoted" name'),
        own: fc.constantFrom(...owns),
        values: fc.array(VALUE, { maxLength: 3 }),
        common: fc.constantFrom(...commons),
        isCopied: fc.boolean(),
        isComplete: fc.boolean(),
      }),
    ),
  )
  .map((described) => described.map((each, n) => toEvent(each as Described, n)));

interface Described {
  readonly event: string;
  readonly own: JsonObject;
  readonly values: readonly (string | number | boolean | null | object)[];
  readonly common: JsonObject;
  readonly isCopied: boolean;
  readonly isComplete: boolean;
}

function toEvent({ event, own, values, common, isCopied, isComplete }: Described, n: number): SanitizedEvent {
  const changed = Object.entries(own).map(([name, value], at) => [name, values[at] ?? value]);
  const properties = Object.fromEntries(changed);
  return {
    ...buildEvent(n, properties),
    event,
    timestampMs: Date.UTC(2026, 10, 21) + n,
    common: isCopied ? Object.fromEntries(Object.entries(common)) : common,
    ...(isComplete && { isComplete: true }),
  } as SanitizedEvent;
}

describe('what is printed of an event', () => {
  it.each([
    ['PostHog', toPostHogMessage],
    ['OTLP', (event: SanitizedEvent) => toMessage(event)],
    [
      'a sink that says everything its own way',
      (event: SanitizedEvent) => toMessage(event, { a: 1, b: [{ z: 1, y: 2 }] }),
    ],
  ])('is what leaves for %s, as JSON and as its canonical text, whatever was printed before', (_, toWire) => {
    fc.assert(
      fc.property(EVENTS, (events) => {
        const printer = new EventPrinter(toWire);
        for (const event of events) {
          const { uuid, event: name, distinct_id, timestamp, properties } = toWire(event);
          const record = { uuid, event: name, distinct_id, timestamp, properties };
          const { members, canonical } = printer.print(event);
          expect(`{${members}}`).toBe(JSON.stringify(record));
          expect(canonical).toBe(reference(record));
          const line = openRecord(TIME, { members, canonical });
          expect(`${line.text}}`).toBe(JSON.stringify({ recorded_at: TIME, ...record }));
          expect(line.digest).toBe(digestOfEvent(record));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('follows an object inside that was changed, and what is common to a session of other values', () => {
    const printer = new EventPrinter((event) => toMessage(event));
    const inside = { n: 1 };
    const print = (common: object) =>
      printer.print({ ...buildEvent(1, { inside }), common } as SanitizedEvent).members;
    expect(print({ tag: 'a' })).toMatch(/"properties":\{"inside":\{"n":1\},"tag":"a"\}$/);
    inside.n = 2;
    expect(print({ tag: 'b' })).toMatch(/"properties":\{"inside":\{"n":2\},"tag":"b"\}$/);
  });

  it('is nothing where there is no JSON for a number, and the next event is printed all the same', () => {
    const printer = new EventPrinter((event) => toMessage(event));
    printer.print(buildEvent(1, { n: 1 }));
    expect(() => printer.print(buildEvent(2, { n: Number.POSITIVE_INFINITY }))).toThrow(RangeError);
    expect(printer.print(buildEvent(3, { n: 1 })).members).toContain('"properties":{"n":1}');
  });
});
