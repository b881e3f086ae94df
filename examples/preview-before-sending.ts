/** Shows what would leave before anybody has agreed, and the exact properties once recording is allowed. */
import { count, createTelemetry, event, hash, oneOf, plain, TelemetryEvent } from 'sotto';

@event('import_finished')
class ImportFinished extends TelemetryEvent {
  @plain(oneOf('csv', 'json')) format!: 'csv' | 'json';
  @hash({ scope: 'session' }) source!: string;
  @count() rows!: object[];
}

const finished = ImportFinished.create({ format: 'csv', source: '/home/ada/customers.csv', rows: [{}, {}] });

// Nobody has said yes: there is no id and no secret, so both are marked placeholders.
await using asked = createTelemetry({ app: 'acme-import', version: '1.4.0' });
console.log('Before a yes:', asked.preview(finished));

// A dry run records for the user to see and never sends; what it shows is what mode `on` would send.
await using dryRun = createTelemetry({
  app: 'acme-dry-run',
  version: '1.4.0',
  consent: 'given',
  dryRun: true,
});
console.log('In a dry run:', dryRun.preview(finished));
