/** Shows an app's telemetry described once, for its client and for the commands it offers. */
import { type CreateTelemetryOptions, count, defineEvent, number, oneOf, plain } from 'sotto';

export const CommandRun = defineEvent('command_run', {
  command: plain(oneOf('build', 'serve', 'test').or('other')),
  durationMs: plain(number({ min: 0, max: 3_600_000 })),
  files: count(),
});

export const ACME = {
  app: 'acme',
  version: '1.4.0',
  // What a person types to see and decide, and where they can read more: both are named when they are asked.
  command: 'acme telemetry',
  privacyUrl: 'https://acme.example/telemetry',
  // The whole list: the person is shown it, and no event of another class leaves.
  events: [CommandRun],
  posthog: { key: 'phc_your_project_key', host: 'http://127.0.0.1:7311' },
} satisfies CreateTelemetryOptions;
