/**
 * Calls everything a client has, then writes what it sees of itself to a file. Arguments: that file, and the options of
 * the client as JSON.
 */
import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createTelemetry, SessionStatistics, type TelemetryOptions } from 'sotto';
import { buildCodeSearch } from '../../support/code-search-event.js';

export interface Observation {
  readonly enabled: boolean;
  readonly sessionId: string | undefined;
  readonly layer: string;
  readonly newResources: readonly string[];
  readonly newListeners: readonly string[];
  readonly required: readonly string[];
}

const [reportFile = '', options = '{}'] = process.argv.slice(2);

const before = { resources: process.getActiveResourcesInfo(), listeners: countListeners() };
const telemetry = createTelemetry(JSON.parse(options) as TelemetryOptions);
await telemetry.askForConsent();
telemetry.startSession({ interface: 'cli' });
telemetry.capture(buildCodeSearch());
telemetry.capture('untyped', { userId: 'jane' });
telemetry.captureFromEvent({ toPosthogEvent: () => ['from_event', { n: 1 }] });
telemetry.captureWithSerialization('serialized', { serializeForTelemetry: () => ({ n: 1 }) });
telemetry.captureSessionEvent({
  stats: new SessionStatistics(),
  setupSuccess: true,
  setupAttempts: 1,
  durationSeconds: 1,
});
telemetry.captureSearchEvent({ query: 'q', strategies: [], executionTimeMs: 1, response: {} });
telemetry.trackError(new Error('lost'));
telemetry.trackMetric('size', 3);
telemetry.captureCrash(new Error('gone'));
telemetry.recordFeature('toolkit.launch', 'dark');
telemetry.recordEvent('asset.saved', { layers: 3 });
telemetry.hook('saved', { layers: 3 });
const emitter = new EventEmitter();
telemetry.instrument(emitter, ['saved']);
emitter.emit('saved');
await telemetry.withSession({ scope: 'inner' }, async () => telemetry.capture('inside'));
await telemetry.getFeatureFlag('a_flag');
await telemetry.getAllFeatureFlags();
await telemetry.isFeatureEnabled('a_flag');
telemetry.preview(buildCodeSearch());
const flushed = telemetry.flush();
telemetry.capture('while_sending');

const observation: Observation = {
  enabled: telemetry.enabled,
  sessionId: telemetry.sessionId,
  layer: telemetry.status().why.layer,
  newResources: without(process.getActiveResourcesInfo(), before.resources),
  newListeners: without(countListeners(), before.listeners),
  required: Object.keys(createRequire(import.meta.url).cache),
};
await flushed;
await telemetry.endSession();
await telemetry.shutdown();
writeFileSync(reportFile, JSON.stringify(observation));
process.exitCode = 7;

function countListeners(): readonly string[] {
  return process.eventNames().map((name) => `${String(name)}: ${process.listenerCount(name)}`);
}

function without(all: readonly string[], known: readonly string[]): readonly string[] {
  const left = [...known];
  return all.filter((name) => {
    const index = left.indexOf(name);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
