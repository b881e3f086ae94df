/** A program with telemetry in it, as a maker would write it. Says nothing of telemetry itself, so that its output can be compared. */
import { count, createTelemetry, defineEvent, defineFlags, oneOf, plain } from 'sotto';
import { createTelemetryCommand } from 'sotto/cli';

const PagesCounted = defineEvent('pages_counted', { format: plain(oneOf('html', 'pdf')), pages: count() });
const APP = { app: 'acme', version: '1.4.0', events: [PagesCounted] };

async function countPages() {
  const featureFlags = defineFlags({ layout: ['narrow', 'wide'] });
  const telemetry = createTelemetry({ ...APP, featureFlags });
  const layout = await telemetry.getFeatureFlag('layout', 'narrow');
  const pages = telemetry.withSession({}, () => telemetry.track.span('pages.count', () => ['a', 'b']));
  telemetry.capture(PagesCounted.create({ format: 'pdf', pages }));
  telemetry.trackError(new RangeError('no such page'));
  await telemetry.shutdown();
  console.log(`${pages.length} pages, ${layout}`);
  return 3;
}

const [command, ...args] = process.argv.slice(2);
process.exitCode = command === 'telemetry' ? await createTelemetryCommand(APP).run(args) : await countPages();
