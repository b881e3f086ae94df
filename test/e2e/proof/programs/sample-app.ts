/**
 * The tool with Sotto in it, used the way a maker would, and a little more. `--why` makes it say what decided about its
 * telemetry, as JSON, after everything else.
 */
import { SessionStatistics, takeTelemetryFlag } from 'sotto';
import { countWords, report } from './count-words.js';
import { openTelemetry, WordsCounted } from './telemetry.js';

const { args: taken, options } = takeTelemetryFlag(process.argv.slice(2));
const args = taken.filter((arg) => arg !== '--why');

const telemetry = openTelemetry(options);
await telemetry.askForConsent();
telemetry.startSession({ interface: 'cli' });
await telemetry.getFeatureFlag('separator', 'space');

const work = await telemetry.withSession({ scope: 'work' }, async () => countWords(args));
const counted = WordsCounted.create({
  format: args.includes('--json') ? 'json' : 'text',
  words: work.counts.reduce((sum, { words }) => sum + words, 0),
  files: args,
  directory: process.cwd(),
  commandLine: args.join(' '),
});
telemetry.preview(counted);
telemetry.capture(counted);
telemetry.capture('finished', { status: work.status, user: 'jane' });
telemetry.captureFromEvent({ toPosthogEvent: () => ['from_event', { n: 1 }] });
telemetry.captureWithSerialization('serialized', { serializeForTelemetry: () => ({ n: 1 }) });
telemetry.captureSearchEvent({ query: 'words', strategies: [], executionTimeMs: 1, response: {} });
telemetry.captureSessionEvent({
  stats: new SessionStatistics(),
  setupSuccess: true,
  setupAttempts: 1,
  durationSeconds: 1,
});
await telemetry.flush();

const { why } = telemetry.status();
await telemetry.endSession();
await telemetry.shutdown();

report(work);
if (process.argv.includes('--why')) process.stdout.write(`${JSON.stringify(why)}\n`);
