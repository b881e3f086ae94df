// A tool that measures, or installs, and ends as told before it has reported: `node measuring.mjs <end>`.
import { createTelemetry, StandardEvents } from 'sotto';

const [end] = process.argv.slice(2);
const telemetry = createTelemetry({ app: 'acme', crash: { captureUncaught: true } });

const measure = () => {
  for (const duration_ms of [1, 2, 3])
    telemetry.trackMetric(StandardEvents.OPERATION_LATENCY, { operation_type: 'index', duration_ms });
};
const install = () => {
  telemetry.installation.start({ fast: true });
  telemetry.installation.step('download', 'completed');
};

const ENDS = {
  'measures and runs out': measure,
  'measures and exits': () => {
    measure();
    process.exit(3);
  },
  'measures and throws': () => {
    measure();
    throw new RangeError('of the program');
  },
  // Where a module throws, Node sees a rejection.
  'throws later': () => {
    setImmediate(() => {
      throw new RangeError('of the program');
    });
  },
  'shows what it records, for a while': async () => {
    for (let number = 0; number < 200; number += 1) {
      telemetry.capture('thing_done', { number });
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  'runs a command that exits': () => {
    telemetry.track.command('build', () => process.exit(2));
  },
  'rejects and nobody cares': () => void Promise.reject(new RangeError('of the program')),
  'installs and exits': () => {
    install();
    process.exit(1);
  },
  'installs and waits': () => {
    install();
    setInterval(() => {}, 60_000);
    console.log('installing');
  },
  'installs to its end and waits': () => {
    install();
    telemetry.installation.complete({ success: true });
    setInterval(() => {}, 60_000);
    console.log('installed');
  },
};

ENDS[end]();
