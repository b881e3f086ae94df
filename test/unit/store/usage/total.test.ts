import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readUsage, toUsageJson } from '../../../../src/store/index.js';
import { addLogs } from '../../../../src/store/usage/add-logs.js';
import { parseLog, type UsageEntry } from '../../../../src/store/usage/lines.js';
import { isPayload } from '../../../../src/store/usage/payload.js';
import { createTotal, formatTotal, parseTotal, type Total } from '../../../../src/store/usage/total.js';
import { toUsage } from '../../../../src/store/usage/usage.js';
import { createDirectory } from '../../../support/directories.js';
import { plantFile, STARTED_MS } from './support.js';

const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'other',
  '0',
  '-1',
  'a.b',
  '__defineGetter__',
];
const name = fc.oneof(fc.constantFrom(...HOSTILE), fc.stringMatching(/^[\x21-\x7e]{1,8}$/));
/** As it would be read from a log. */
const payload = fc
  .dictionary(fc.oneof(name, fc.string()), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
  .map((found) => JSON.parse(JSON.stringify(found)))
  .filter(isPayload);
const entry = fc.oneof(
  fc.record({ kind: fc.constant('feature' as const), name, variant: fc.option(name, { nil: undefined }) }),
  fc.record({ kind: fc.constant('event' as const), name, category: name, payload }),
  fc.record({ kind: fc.constant('hook' as const), name, payload }),
);
/** No two of one moment, so that their order does not depend on where they stand. */
const entries = fc
  .array(entry, { maxLength: 300 })
  .map((all) => all.map((one, at) => ({ ...one, timeMs: STARTED_MS + at }) as UsageEntry));

const addAll = (total: Total, id: string, added: readonly UsageEntry[]) =>
  addLogs(total, [{ id, createdAtMs: added[0]?.timeMs ?? STARTED_MS, entries: added, isDamaged: false }]);
const store = (total: Total) => parseTotal(formatTotal(total.tally, total.merged));
const shown = ({ tally, isDamaged }: Total) => {
  const usage = toUsage(tally, isDamaged);
  return { ...usage, createdAtMs: undefined, json: JSON.stringify(toUsageJson(usage)) };
};

it('says the same whether records are added up at once, or in parts that were stored in between, in any order', () => {
  fc.assert(
    fc.property(entries, fc.infiniteStream(fc.nat({ max: 3 })), (all, parts) => {
      const split: UsageEntry[][] = [[], [], [], []];
      for (const one of all) split[parts.next().value ?? 0]?.push(one);
      const atOnce = createTotal();
      addAll(atOnce, 'a', all);
      let inParts = createTotal();
      for (const [at, part] of split.entries()) {
        addAll(inParts, String(at), part);
        inParts = store(inParts);
      }
      expect(shown(inParts)).toEqual(shown(atOnce));
      expect(inParts.isDamaged).toBe(false);
    }),
    { numRuns: 100 },
  );
});

it('counts names that are members of every object like any other', () => {
  const directory = createDirectory();
  const header = '{"id":"0a","created_at":"2026-11-21T08:30:00.000Z"}';
  const lines = HOSTILE.map(
    (hostile) => `{"feature":"${hostile}","variant":"${hostile}","ts":"2026-11-21T08:30:00Z"}`,
  );
  plantFile(directory, 'usage_0123456789abcdef.ndjson', `${[header, ...lines].join('\n')}\n`);
  const { features } = toUsageJson(readUsage(directory));
  for (const hostile of HOSTILE) {
    expect(Object.hasOwn(features, hostile)).toBe(true);
    expect(Object.entries(features).find(([own]) => own === hostile)?.[1].total).toBe(1);
  }
  expect(JSON.parse(JSON.stringify(features))).toEqual(features);
});

it.each([
  ['negative', '{"total":-1,"last_ts":"2026-11-21T08:30:00Z"}'],
  ['a text', '{"total":"5","last_ts":"2026-11-21T08:30:00Z"}'],
  ['not whole', '{"total":1.5,"last_ts":"2026-11-21T08:30:00Z"}'],
  ['of no time', '{"total":1,"last_ts":"yesterday"}'],
  ['nothing', 'null'],
])('leaves out a count that is %s, and says so', (_, feature) => {
  const total = parseTotal(
    `{"created_at":null,"merged":[],"features":{"export":${feature},"print":{"total":2,"last_ts":"2026-11-21T08:30:00Z"}},"hooks":{},"events":[]}`,
  );
  expect([...total.tally.features.keys()]).toEqual(['print']);
  expect(total.isDamaged).toBe(true);
});

it('adds to the largest number there is, and stays there', () => {
  const text = `{"created_at":null,"merged":[],"features":{"a":{"total":${Number.MAX_SAFE_INTEGER},"last_ts":"2026-11-21T08:30:00Z"}},"hooks":{},"events":[]}`;
  const total = parseTotal(text);
  addAll(total, 'a', [{ kind: 'feature', name: 'a', variant: undefined, timeMs: STARTED_MS }]);
  expect(store(total).tally.features.get('a')?.total).toBe(Number.MAX_SAFE_INTEGER);
  expect(store(total).isDamaged).toBe(false);
});

it('never throws for what somebody wrote into a file by hand, and changes no prototype', () => {
  const line = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc
      .record(
        {
          feature: fc.oneof(name, fc.jsonValue()),
          hook: fc.oneof(name, fc.jsonValue()),
          event: fc.oneof(name, fc.jsonValue()),
          category: fc.jsonValue(),
          variant: fc.jsonValue(),
          ts: fc.oneof(fc.constant('2026-11-21T08:30:00Z'), fc.jsonValue()),
          payload: fc.oneof(payload, fc.jsonValue()),
          __proto__: fc.constant({ polluted: true }),
        },
        { requiredKeys: [] },
      )
      .map((found) => JSON.stringify(found)),
  );
  fc.assert(
    fc.property(fc.array(line), line, (lines, text) => {
      const log = parseLog(['{"id":"0a","created_at":"2026-11-21T08:30:00Z"}', ...lines].join('\n'));
      const total = parseTotal(text);
      if (log !== undefined && log !== 'nothing') addLogs(total, [log]);
      expect(store(total).isDamaged).toBe(false);
      expect(shown(store(total))).toEqual({ ...shown(total), isDamaged: false });
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect('polluted' in {}).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it.each([
  ['nothing', ''],
  ['two words', 'with space'],
  ['another script', 'ümlaut'],
  ['a picture', '🙂'],
  ['65 characters', 'x'.repeat(65)],
  ['ten thousand characters', 'x'.repeat(10_000)],
  ['two lines', 'new\nline'],
])('does not count under a name that is %s, for no program can have counted it', (_, hostile) => {
  const header = '{"id":"0a","created_at":"2026-11-21T08:30:00.000Z"}';
  const line = JSON.stringify({ feature: hostile, ts: '2026-11-21T08:30:00Z' });
  expect(parseLog(`${header}\n${line}\n`)).toMatchObject({ entries: [], isDamaged: true });
});
