// The shortest way: declare an event, create a client, capture, shut down. `node quickstart.mjs [title]`
import { count, createTelemetry, defineEvent, hash, number, oneOf, plain, textCount } from 'sotto';

const ReportMade = defineEvent('report_made', {
  format: plain(oneOf('html', 'pdf')),
  durationMs: plain(number({ min: 0, max: 3_600_000 })),
  pages: count(),
  title: textCount(),
  repository: hash({ identity: 'repository' }),
});

const telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  events: [ReportMade],
  posthog: { key: 'phc_your_project_key' },
});

const [title = 'Plans for Ada Lovelace'] = process.argv.slice(2);
telemetry.capture(
  ReportMade.create({ format: 'pdf', durationMs: 412, pages: ['cover'], title, repository: process.cwd() }),
);
telemetry.captureCrash(new Error(`ENOENT: no such file or directory, open '${process.cwd()}/${title}'`));
await telemetry.shutdown();
console.log(`Made ${title}.`);
