/**
 * Reducing an object by its rules, beside printing what comes out as JSON, and beside what zod does with such an object: look at it and
 * copy it. Prints nanoseconds per object.
 */
import { z } from 'zod';
import { finish, programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { measureWarmRounds } from '../lib/rounds.mjs';
import { timeCalls } from '../lib/time-calls.mjs';
import { defineWithBuilders, zodSchemas } from '../subject/defined.mjs';
import { createFields } from '../subject/fields.mjs';

const [{ dist, rounds }] = programArguments();
const sotto = await import(dist);
const Flat = defineWithBuilders(sotto, 'flat');
const Holder = sotto.defineEvent('holder', { members: sotto.nested(() => Flat) });
const flatSchema = z.object({
  ...zodSchemas(z),
  query: z.string(),
  repository: z.string(),
  results: z.array(z.string()),
});
const holderSchema = z.object({ members: z.array(flatSchema) });

const flatFields = createFields(0);
const holderFields = (count) => ({
  members: Array.from({ length: count }, (_, index) => createFields(index)),
});
const toHolder = ({ members }) => Holder.create({ members: members.map((fields) => Flat.create(fields)) });

const MODELS = {
  flat: { object: Flat.create(flatFields), fields: flatFields, schema: flatSchema, calls: 20_000 },
  nested: { ...holder(10), calls: 2_000 },
  large: { ...holder(1_000), calls: 20 },
};

function holder(count) {
  const fields = holderFields(count);
  return { object: toHolder(fields), fields, schema: holderSchema };
}

const result = {};
for (const [name, { object, fields, schema, calls }] of Object.entries(MODELS)) {
  const output = sotto.serializeForTelemetry(object);
  result[name] = await measureWarmRounds(rounds, {
    [SOTTO]: timeCalls(calls, () => sotto.serializeForTelemetry(object)),
    'JSON.stringify': timeCalls(calls, () => JSON.stringify(output)),
    'zod parse': timeCalls(calls, () => schema.parse(fields)),
  });
}
finish(result);
