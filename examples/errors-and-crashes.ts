/** Shows errors and crashes: what is told of an error that was handled, and of one that nobody catches. */
import { createTelemetry, sanitizeError } from 'sotto';

const telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  // Reports only where the person has agreed to crash reports, which needs a yes of its own.
  crash: { captureUncaught: true },
  posthog: { key: 'phc_your_project_key', host: 'http://127.0.0.1:7311' },
});

const failure = new Error("ENOENT: no such file or directory, open '/home/ada/plans of mine.md'", {
  cause: new RangeError('no place for ada@example.org'),
});

// What would be told of it, without recording anything.
const { stack_trace, fingerprint, ...told } = sanitizeError(failure);
console.log(told);

// An error is recorded once, however often it is caught, wrapped and reported.
telemetry.trackError(failure, { operation: 'open_plan', error_code: 'ACME-1001', attempt: 2 });
telemetry.trackError(new Error('The plan could not be shown', { cause: failure }));

console.log(`Events recorded: ${telemetry.status().recorded}.`);
await telemetry.flush();

// Node prints this and ends with code 1, as it would without telemetry.
setImmediate(() => {
  throw new TypeError("Cannot read properties of undefined (reading 'ada')");
});
