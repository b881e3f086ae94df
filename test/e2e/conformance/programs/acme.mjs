/** A small tool, the way a maker would write it with Sotto. */
import { createTelemetry, defineEvent, integer, plain, textCount } from 'sotto';

const ReportMade = defineEvent('report_made', {
  pages: plain(integer({ min: 0, max: 1_000 })),
  title: textCount(),
});
const telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  events: [ReportMade],
  posthog: { key: 'phc_your_project_key' },
});
await telemetry.askForConsent();

const report = { pages: 3, title: 'Plans for Ada Lovelace' };
telemetry.capture(ReportMade.create(report));
console.log(process.argv.includes('--json') ? JSON.stringify(report) : `A report of ${report.pages} pages.`);

await telemetry.shutdown();
