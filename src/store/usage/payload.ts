import type { JsonObject, SanitizedProperties } from '../../privacy/index.js';
import { toObject } from './found.js';
import { MAX_PAYLOAD_BYTES, MAX_PAYLOAD_DEPTH } from './limits.js';

/** What stands in the place of a payload that is not kept. */
const TOO_LARGE: JsonObject = { payload_too_large: true };

/** What is kept of a payload: all of it, or the note that it was too large. */
export function toKeptPayload(payload: SanitizedProperties): JsonObject {
  const isKept = isPayload(payload) && Buffer.byteLength(JSON.stringify(payload)) <= MAX_PAYLOAD_BYTES;
  return isKept ? payload : TOO_LARGE;
}

/** Could it be one that was kept? For what is read back, and may have been changed by hand. */
export function isPayload(found: unknown): found is JsonObject {
  return toObject(found) !== undefined && weigh(found, MAX_PAYLOAD_DEPTH) <= MAX_PAYLOAD_BYTES;
}

/** @returns no more than the bytes that it takes as JSON; infinity for what is nested too deep */
function weigh(value: unknown, depthLeft: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  if (depthLeft === 0) return Number.POSITIVE_INFINITY;
  let weight = 2;
  for (const [key, member] of Object.entries(value)) {
    weight += (Array.isArray(value) ? 0 : key.length) + weigh(member, depthLeft - 1);
    if (weight > MAX_PAYLOAD_BYTES) return Number.POSITIVE_INFINITY;
  }
  return weight;
}
