/** Shows the same without decorators, types or a build: an event as an object of decisions. */
import { bool, count, createTelemetry, defineEvent, oneOf, plain, textCount } from 'sotto';

const CommandRun = defineEvent('command_run', {
  command: plain(oneOf('build', 'serve', 'test').or('other')),
  succeeded: plain(bool()),
  files: count(),
  message: textCount(),
});

const telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  posthog: { key: 'phc_your_project_key', host: 'http://127.0.0.1:7311' },
});

telemetry.capture(
  CommandRun.create({
    command: 'deploy-for-ada',
    succeeded: false,
    files: ['a.ts', 'b.ts'],
    message: 'ENOENT: /home/ada/plans.md',
  }),
);

await telemetry.shutdown();
const { why, recorded } = telemetry.status();
console.log(`${why.message} Events recorded: ${recorded}.`);
