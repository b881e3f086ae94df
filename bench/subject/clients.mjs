/** Nothing listens here; where a measurement excludes sending, `fetch` is replaced and nobody asks. */
const NOWHERE = 'http://127.0.0.1:9';
const HOUR_MS = 3_600_000;

/**
 * Our client, on unless told otherwise, as a service would have it: its operator agreed elsewhere.
 *
 * @param {typeof import('../../dist/index.js')} sotto
 * @param {{ host?: string, enabled?: boolean, delivery?: object }} [options]
 */
export function createOurs(sotto, { host = NOWHERE, enabled = true, delivery } = {}) {
  return sotto.createTelemetry({
    app: 'bench',
    consent: 'given',
    enabled,
    posthog: { key: 'phc_bench', host },
    delivery: { batchIntervalMs: HOUR_MS, ...delivery },
    store: { directory: `${process.env.HOME}/state` },
  });
}

/** Their client. @param {typeof import('posthog-node')} library @param {object} [options] */
export function createTheirs({ PostHog }, options = {}) {
  return new PostHog('phc_bench', { host: NOWHERE, flushInterval: HOUR_MS, ...options });
}
