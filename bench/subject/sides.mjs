import { SOTTO } from '../lib/figure.mjs';
import { openPeer } from './peers.mjs';
import { openSotto } from './sotto.mjs';

/** The same program without telemetry. */
export const NONE = 'no telemetry';

const NO_TELEMETRY = { capture: () => {}, flush: async () => {}, shutdown: async () => {} };

/**
 * The recorder of a side.
 *
 * @param {string} side ours, that of a peer, or {@link NONE}
 * @param {string} dist what to import for ours
 * @param {{ sotto?: object, peer?: import('./peers.mjs').PeerOptions }} options
 * @returns {Promise<import('./peers.mjs').Recorder>}
 */
export async function openSide(side, dist, { sotto, peer }) {
  switch (side) {
    case NONE:
      return NO_TELEMETRY;
    case SOTTO:
      return openSotto(dist, sotto);
    default:
      return openPeer(side, peer);
  }
}
