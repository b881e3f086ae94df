/** An event of a maker whose other code needs the old decorators: it prints what would leave. */
import { count, createTelemetry, defineEvent, oneOf, plain } from 'sotto';

const ReportMade = defineEvent('report_made', { format: plain(oneOf('html', 'pdf')), pages: count() });
const preview = createTelemetry({ app: 'acme' }).preview(
  ReportMade.create({ format: 'pdf', pages: ['a', 'b'] }),
);
console.log(JSON.stringify({ format: preview?.properties.format, pages: preview?.properties.pages }));
