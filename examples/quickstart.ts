/** Shows the shortest way: declare an event, create a client, ask, capture, look at what leaves, shut down. */
import { count, createTelemetry, event, number, oneOf, plain, TelemetryEvent, textCount } from 'sotto';

@event('report_made')
class ReportMade extends TelemetryEvent {
  @plain(oneOf('html', 'pdf')) format!: 'html' | 'pdf';
  @plain(number({ min: 0, max: 3_600_000 })) durationMs!: number;
  @count() pages!: string[];
  @textCount() title!: string;
}

const telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  events: [ReportMade],
  // The server of `npm start -- --stay`, on this machine. Without `host`, events go to PostHog.
  posthog: { key: 'phc_your_project_key', host: 'http://127.0.0.1:7311' },
});

// On a terminal, once. Elsewhere nobody is asked, and telemetry stays off.
await telemetry.askForConsent();

const made = ReportMade.create({
  format: 'pdf',
  durationMs: 412,
  pages: ['cover', 'figures', 'appendix'],
  title: 'Plans for Ada Lovelace',
});

telemetry.capture(made);
console.log(telemetry.preview(made));

await telemetry.shutdown();
const { why, recorded } = telemetry.status();
console.log(`${why.message} ${why.fix} Events recorded: ${recorded}.`);
