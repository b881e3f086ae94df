/** Uses a client for each of the servers it is given, whatever they do, and ends by itself. The first one must answer. */
import { createTelemetry } from 'sotto';

const [directory, ...hosts] = process.argv.slice(2);

process.exitCode = 3;
for (const [index, host] of hosts.entries()) {
  // The first client loads what sends, and a busy machine takes its time for that.
  const timeoutMs = index === 0 ? 10_000 : 250;
  const telemetry = createTelemetry({
    app: `child-${index}`,
    consent: 'given',
    posthog: { key: 'phc_child', host },
    delivery: { requestTimeoutMs: timeoutMs, shutdownTimeoutMs: timeoutMs, maxAttempts: 1, batchSize: 2 },
    flags: { timeoutMs },
    store: { directory: `${directory}/${index}` },
  });
  telemetry.startSession();
  for (let n = 0; n < 5; n += 1) telemetry.capture('numbered', { n, userId: 'jane' });
  await telemetry.getFeatureFlag('a_flag');
  await telemetry.flush();
  telemetry.capture('last');
  await telemetry.endSession();
  telemetry.capture('after the session');
  await telemetry.shutdown();
}
