/**
 * The libraries beside which Sotto is measured, each as its own documentation says, behind one face. Imports none of them before it
 * is asked to.
 *
 * @typedef {object} Recorder
 * @property {(fields: object) => unknown} capture
 * @property {() => Promise<unknown>} flush
 * @property {() => Promise<unknown>} shutdown as the documentation says that a program ends
 *
 * @typedef {object} PeerOptions what is undefined is the library's own default
 * @property {string} [host] where nobody listens unless given
 * @property {boolean} [enabled] true unless given
 * @property {number} [batchSize] events in one request
 * @property {number} [queueSize] events that may wait, where the library has a bound
 * @property {boolean} [holdsBack] nothing leaves before `flush()`: no interval and no number of events makes it
 */

const NOWHERE = 'http://127.0.0.1:9';
const HOUR_MS = 3_600_000;
const NEVER_SO_MANY = 1_000_000;
const EVENT = 'code_search';

const posthog = {
  load: () => import('posthog-node'),
  create({ PostHog }, { host = NOWHERE, enabled = true, batchSize, queueSize, holdsBack }) {
    const client = new PostHog('phc_bench', {
      host,
      disabled: !enabled,
      ...defined({
        flushAt: holdsBack ? NEVER_SO_MANY : batchSize,
        flushInterval: holdsBack ? HOUR_MS : undefined,
        maxBatchSize: batchSize,
        maxQueueSize: holdsBack ? NEVER_SO_MANY : queueSize,
      }),
    });
    return {
      capture: (properties) => client.capture({ distinctId: 'bench', event: EVENT, properties }),
      flush: () => client.flush(),
      shutdown: () => client.shutdown(),
    };
  },
};

/** Off unless its variable says otherwise. It has no bound on what waits, and makes one request for each event. */
const automagik = {
  load: () => import('@automagik/telemetry'),
  create({ AutomagikTelemetry }, { host = NOWHERE, enabled = true, batchSize, holdsBack }) {
    process.env.AUTOMAGIK_TELEMETRY_ENABLED = String(enabled);
    const client = new AutomagikTelemetry({
      projectName: 'bench',
      version: '1.0.0',
      endpoint: host,
      ...defined({
        batchSize: holdsBack ? NEVER_SO_MANY : batchSize,
        flushInterval: holdsBack ? HOUR_MS : undefined,
      }),
    });
    return {
      capture: (fields) => client.trackEvent(EVENT, fields),
      flush: () => client.flush(),
      // Its timer keeps the process alive; `disable()` is the call that stops it, after a flush.
      shutdown: () => client.disable(),
    };
  },
};

/** It has no bound on what waits. */
const segment = {
  load: () => import('@segment/analytics-node'),
  create({ Analytics }, { host = NOWHERE, enabled = true, batchSize, holdsBack }) {
    const client = new Analytics({
      writeKey: 'bench',
      host,
      disable: !enabled,
      ...defined({
        flushAt: holdsBack ? NEVER_SO_MANY : batchSize,
        flushInterval: holdsBack ? HOUR_MS : undefined,
      }),
    });
    return {
      capture: (properties) => client.track({ anonymousId: 'bench', event: EVENT, properties }),
      flush: () => client.flush(),
      shutdown: () => client.closeAndFlush(),
    };
  },
};

const openTelemetry = {
  load: async () => ({
    ...(await import('@opentelemetry/sdk-logs')),
    ...(await import('@opentelemetry/exporter-logs-otlp-http')),
    SeverityNumber: (await import('@opentelemetry/api-logs')).SeverityNumber,
  }),
  create(library, { host = NOWHERE, enabled = true, batchSize, queueSize, holdsBack }) {
    const exporter = new library.OTLPLogExporter({ url: `${host}/v1/logs` });
    const processor = new library.BatchLogRecordProcessor({
      exporter,
      ...defined({
        maxExportBatchSize: holdsBack ? NEVER_SO_MANY : batchSize,
        scheduledDelayMillis: holdsBack ? HOUR_MS : undefined,
        maxQueueSize: holdsBack ? NEVER_SO_MANY : queueSize,
      }),
    });
    const provider = new library.LoggerProvider({
      processors: [processor],
      loggerConfigurator: library.createLoggerConfigurator([
        { pattern: '*', config: { disabled: !enabled } },
      ]),
    });
    const logger = provider.getLogger('bench', '1.0.0');
    const severityNumber = library.SeverityNumber.INFO;
    return {
      capture: (attributes) => logger.emit({ eventName: EVENT, severityNumber, attributes }),
      flush: () => provider.forceFlush(),
      shutdown: () => provider.shutdown(),
    };
  },
};

const PEERS_BY_NAME = {
  'posthog-node': posthog,
  '@automagik/telemetry': automagik,
  '@segment/analytics-node': segment,
  'OpenTelemetry logs': openTelemetry,
};

export const PEERS = Object.keys(PEERS_BY_NAME);

/** A log record is no event of an analytics library: no user, no id, no context. */
export const ANALYTICS_PEERS = PEERS.filter((name) => name !== 'OpenTelemetry logs');

/** @param {string} name of {@link PEERS} */
export const loadPeer = (name) => PEERS_BY_NAME[name].load();

/** @param {string} name of {@link PEERS} @param {PeerOptions} [options] @returns {Promise<Recorder>} */
export async function openPeer(name, options = {}) {
  return PEERS_BY_NAME[name].create(await loadPeer(name), options);
}

const defined = (options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
