/** What a call costs where telemetry is off. */
import { finish, programArguments } from '../lib/child.mjs';
import { sampleCalls } from '../lib/sample.mjs';
import { createOurs } from '../subject/clients.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';

const [{ dist, samples }] = programArguments();
const sotto = await import(dist);
const Event = await eventClass('builders', sotto);
const client = createOurs(sotto, { enabled: false });
const event = Event.create(createFields(0));
const fields = createFields(0);

finish({
  typed: sampleCalls(() => client.capture(event), { calls: 1_000_000, samples }),
  untyped: sampleCalls(() => client.capture('code_search', fields), { calls: 1_000_000, samples }),
});
