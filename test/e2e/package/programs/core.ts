/** What a maker writes with `sotto`, for the compiler alone. */
import {
  count,
  createTelemetry,
  defineEvent,
  defineFlags,
  event,
  number,
  oneOf,
  type Preview,
  plain,
  type Telemetry,
  TelemetryEvent,
  textCount,
} from 'sotto';

@event('report_made')
class ReportMade extends TelemetryEvent {
  @plain(oneOf('html', 'pdf')) format!: 'html' | 'pdf';
  @plain(number({ min: 0, max: 10 })) copies!: number;
  @count() pages!: string[];
}

const Opened = defineEvent('opened', { title: textCount(), format: plain(oneOf('html', 'pdf')) });

const featureFlags = defineFlags({ new_layout: ['narrow', 'wide'] });
const telemetry = createTelemetry({ app: 'acme', featureFlags });
const sameWithoutFlags: Telemetry = createTelemetry({ app: 'acme' });
const layout: 'narrow' | 'wide' = await telemetry.getFeatureFlag('new_layout', 'narrow');
const made = ReportMade.create({ format: 'pdf', copies: 1, pages: ['first'] });
const preview: Preview | undefined = telemetry.preview(made);
telemetry.capture(Opened.create({ title: 'Notes', format: 'html' }));
console.log(layout, preview, sameWithoutFlags.status().mode);
await telemetry.shutdown();
