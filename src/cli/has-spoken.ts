import type { ConsentReason, DecidingLayer } from '../consent/index.js';

const SILENCE: readonly DecidingLayer[] = ['no_key', 'not_asked', 'notice_pending', 'switch_not_chosen'];

/** Whether somebody or something said so, and it is not that nobody has said anything. */
export function hasSpoken({ layer }: Pick<ConsentReason, 'layer'>): boolean {
  return !SILENCE.includes(layer);
}
