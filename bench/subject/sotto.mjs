import { eventClass } from './event-class.mjs';

/** Nothing listens here. */
const NOWHERE = 'http://127.0.0.1:9';

/** A timer that does not fire while anything is measured. */
export const HOLDING_BACK = { batchIntervalMs: 3_600_000 };

/**
 * Our client as a service would have it, whose operator agreed elsewhere: on unless told otherwise, delivering by its defaults.
 *
 * @param {typeof import('../../dist/index.js')} sotto
 * @param {{ host?: string, enabled?: boolean, delivery?: object, maxLedgerBytes?: number }} [options]
 */
export function createService(sotto, { host = NOWHERE, enabled = true, delivery = {}, maxLedgerBytes } = {}) {
  return sotto.createTelemetry({
    app: 'bench',
    consent: 'given',
    enabled,
    posthog: { key: 'phc_bench', host },
    delivery,
    store: { directory: `${process.env.HOME}/state`, ...(maxLedgerBytes && { maxLedgerBytes }) },
  });
}

/**
 * The same behind the face of the peers, with the event by our builders.
 *
 * @param {string} dist what to import
 * @returns {Promise<import('./peers.mjs').Recorder & { status: () => import('../../dist/index.js').Status }>}
 */
export async function openSotto(dist, options) {
  const sotto = await import(dist);
  const Event = await eventClass('builders', sotto);
  const client = createService(sotto, options);
  return {
    capture: (fields) => client.capture(Event.create(fields)),
    flush: () => client.flush(),
    shutdown: () => client.shutdown(),
    status: () => client.status(),
  };
}
