/** Reducing an object by its rules, beside printing the same object as JSON, which reduces nothing. */
import { alternate } from '../lib/alternate.mjs';
import { finish, programArguments } from '../lib/child.mjs';
import { sampleCalls } from '../lib/sample.mjs';
import { defineWithBuilders } from '../subject/defined.mjs';
import { createFields } from '../subject/fields.mjs';

const [{ dist, samples }] = programArguments();
const sotto = await import(dist);
const Flat = defineWithBuilders(sotto, 'flat');
const Holder = sotto.defineEvent('holder', { members: sotto.nested(() => Flat) });
const holderOf = (count) =>
  Holder.create({ members: Array.from({ length: count }, (_, index) => Flat.create(createFields(index))) });

const subjects = {
  flat: { object: Flat.create(createFields(0)), calls: 20_000 },
  nested: { object: holderOf(10), calls: 2_000 },
  large: { object: holderOf(1_000), calls: 20 },
};

const result = {};
for (const [name, { object, calls }] of Object.entries(subjects)) {
  const one = (call) => () => sampleCalls(call, { calls, samples: 1 })[0];
  result[name] = await alternate(samples, {
    ours: one(() => sotto.serializeForTelemetry(object)),
    theirs: one(() => JSON.stringify(object)),
  });
}
finish(result);
