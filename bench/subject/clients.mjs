/** Nothing listens here. */
const NOWHERE = 'http://127.0.0.1:9';
const HOUR_MS = 3_600_000;

/**
 * Our client, on unless told otherwise, as a service would have it: its operator agreed elsewhere. Its timer sends nothing.
 *
 * @param {typeof import('../../dist/index.js')} sotto
 * @param {{ host?: string, enabled?: boolean, delivery?: object }} [options]
 */
export function createOurs(sotto, { delivery, ...options } = {}) {
  return createService(sotto, { ...options, delivery: { batchIntervalMs: HOUR_MS, ...delivery } });
}

/** The same, delivering as it does unless told otherwise. */
export function createService(sotto, { host = NOWHERE, enabled = true, delivery = {} } = {}) {
  return sotto.createTelemetry({
    app: 'bench',
    consent: 'given',
    enabled,
    posthog: { key: 'phc_bench', host },
    delivery,
    store: { directory: `${process.env.HOME}/state` },
  });
}

/** Their client. @param {typeof import('posthog-node')} library @param {object} [options] */
export function createTheirs({ PostHog }, options = {}) {
  return new PostHog('phc_bench', { host: NOWHERE, flushInterval: HOUR_MS, ...options });
}
