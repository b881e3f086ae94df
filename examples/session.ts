/** Shows sessions: `withSession` for a stretch of work, and `await using` for a client that ends with its block. */
import { setTimeout as pause } from 'node:timers/promises';
import { createTelemetry } from 'sotto';

await using telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  posthog: { key: 'phc_your_project_key', host: 'http://127.0.0.1:7311' },
});

async function build(target: 'web' | 'cli') {
  // Everything inside, awaited or not, belongs to this session and carries its metadata.
  await telemetry.withSession({ target }, async () => {
    telemetry.capture('build_started');
    await pause(10);
    telemetry.capture('build_finished', { duration_ms: 10, output: `/home/ada/dist/${target}` });
  });
}

// Two sessions at once: each keeps its own random id.
await Promise.all([build('web'), build('cli')]);
await telemetry.flush();
console.log(`Events sent: ${telemetry.status().sent}.`);
