/** Asks for every entry as CommonJS does, delivers an event, and prints what came of it. */
const { createTelemetry } = require('sotto');
const { createTelemetryCommand } = require('sotto/cli');
const { otlp } = require('sotto/otlp');
const { startIngestServer } = require('sotto/server');
const { createTestTelemetry } = require('sotto/testing');

async function main() {
  const server = await startIngestServer({ port: 0 });
  const posthog = { key: 'phc_test', host: server.url };
  const telemetry = createTelemetry({ app: 'acme', consent: 'given', posthog });
  telemetry.capture('started', { count: 1 });
  await telemetry.shutdown();
  const ingested = (await server.store.counts()).byEvent;
  await server.close();
  // One copy of each entry, whoever asks for it.
  const imported = await import('sotto/server');
  const isSame = imported.startIngestServer === startIngestServer;
  const others = [createTelemetryCommand, otlp, createTestTelemetry].map((value) => typeof value);
  console.log(JSON.stringify({ ingested, isSame, others }));
}

void main();
