/**
 * A tool that records one event and ends: prints, as its last line, when it came to its end. `side` is `ours`, or `none` for
 * the same tool without telemetry. Consent comes from the environment, as a person would give it.
 */
import { writeSync } from 'node:fs';
import { programArguments } from '../lib/child.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';

const [{ side, dist, host, ending }] = programArguments();
const fields = createFields(0);

async function startTelemetry() {
  const sotto = await import(dist);
  const Event = await eventClass('builders', sotto);
  const telemetry = sotto.createTelemetry({
    app: 'acme',
    events: [Event],
    posthog: { key: 'phc_bench', host },
    store: { directory: `${process.env.HOME}/state` },
  });
  telemetry.capture(Event.create(fields));
  if (telemetry.status().recorded !== 1) throw new Error('The event was not recorded.');
  return telemetry;
}

const telemetry = side === 'ours' ? await startTelemetry() : undefined;
writeSync(1, JSON.stringify({ lastLineNs: String(process.hrtime.bigint()) }));
if (ending === 'shutdown') await telemetry?.shutdown();
