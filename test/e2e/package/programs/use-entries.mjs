/** Uses every entry, and prints what came of it. */
import { createServer } from 'node:http';
import { createTelemetry } from 'sotto';
import { createTelemetryCommand } from 'sotto/cli';
import { otlp } from 'sotto/otlp';
import { startIngestServer } from 'sotto/server';
import { createTestTelemetry } from 'sotto/testing';

const GIVEN = { app: 'acme', consent: 'given' };

async function deliverToIngest() {
  const server = await startIngestServer({ port: 0 });
  const telemetry = createTelemetry({ ...GIVEN, posthog: { key: 'phc_test', host: server.url } });
  telemetry.capture('started', { count: 1 });
  await telemetry.shutdown();
  const { byEvent } = await server.store.counts();
  await server.close();
  return byEvent;
}

async function deliverAsOtlp() {
  const received = [];
  const collector = createServer((request, response) => {
    received.push(`${request.url} ${request.headers['content-type']}`);
    request.resume().once('end', () => response.writeHead(200).end());
  });
  await new Promise((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${collector.address().port}`;
  const telemetry = createTelemetry({ ...GIVEN, app: 'acme-otlp', otlp: otlp({ endpoint }) });
  telemetry.capture('started', { count: 1 });
  await telemetry.shutdown();
  collector.close();
  return received;
}

async function captureInTest() {
  const { telemetry, events } = createTestTelemetry();
  telemetry.capture('started', { count: 1 });
  await telemetry.flush();
  const names = events.map(({ event }) => event);
  await telemetry.shutdown();
  return names;
}

const ingested = await deliverToIngest();
const collected = await deliverAsOtlp();
const tested = await captureInTest();
console.log(JSON.stringify({ ingested, collected, tested }));
process.exitCode = await createTelemetryCommand({ app: 'acme' }).run(['why']);
