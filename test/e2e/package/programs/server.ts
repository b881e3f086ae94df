/** What a maker writes with `sotto/server`, together with hono and zod, for the compiler alone. */
import { Hono } from 'hono';
import { createTelemetry, defineEvent, plain } from 'sotto';
import {
  createIngestApp,
  createLocalApi,
  type EventStore,
  openOperator,
  startIngestServer,
  startServer,
} from 'sotto/server';
import { z } from 'zod';

export const ReportMade = defineEvent('report_made', { format: plain(z.enum(['html', 'pdf'])) });
ReportMade.create({ format: 'pdf' });
export const app = new Hono().route('/telemetry', createLocalApi(createTelemetry({ app: 'acme' })));

const server = await startIngestServer({ port: 0 });
const store: EventStore = server.store;
createIngestApp({ store }).request('/health');
const services = await startServer({ roles: ['orgs'], services: { databaseUrl: undefined } });
const operator = await openOperator({ databaseUrl: undefined, dataDirectory: '/tmp' });
console.log(services.url, (await operator.perform({ command: 'stop_all' })).changed);
