import { createHash } from 'node:crypto';

/**
 * A number from 0 to below 1 that is the same for a seed and a purpose, and looks random to who does not know the seed. Every process of
 * an installation comes to the same, and nothing has to be kept.
 */
export function fractionOf(seed: string, purpose: string): number {
  return createHash('sha256').update(`${seed} ${purpose}`).digest().readUInt32BE(0) / 2 ** 32;
}
