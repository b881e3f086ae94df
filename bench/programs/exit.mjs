/**
 * A tool that records one event and ends: prints, as its last line, when it came to its end. `ending` is `shutdown` for the call by
 * which the library's documentation says that a program ends, or `natural` for none. Our consent comes from the environment, as a
 * person would give it.
 */
import { writeSync } from 'node:fs';
import { programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';
import { openSide } from '../subject/sides.mjs';

const [{ side, dist, host, ending }] = programArguments();
const fields = createFields(0);

async function startTool() {
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

async function startOther() {
  const recorder = await openSide(side, dist, { peer: { host } });
  recorder.capture(fields);
  return recorder;
}

const telemetry = side === SOTTO ? await startTool() : await startOther();
writeSync(1, JSON.stringify({ lastLineNs: String(process.hrtime.bigint()) }));
if (ending === 'shutdown') await telemetry.shutdown();
