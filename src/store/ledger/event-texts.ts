import { toCanonicalJson } from '../../internal/index.js';
import type { WireRecord } from './lines.js';

/** The two texts that a line of an event is made of. */
export interface EventTexts {
  /** Its members in the order of a line, without braces. That of `properties` is what `JSON.stringify` makes of them. */
  readonly members: string;
  /** Its canonical text (RFC 8785), by which `digestOfEvent` tells it. */
  readonly canonical: string;
}

/** The same properties as two texts. */
export interface PropertyTexts {
  /** As `JSON.stringify` prints them: so they leave. */
  readonly plain: string;
  /** As `toCanonicalJson` prints them: so they are hashed. */
  readonly canonical: string;
}

/** Print an event as it leaves. */
export function toEventTexts(record: WireRecord): EventTexts {
  const { properties } = record;
  return joinTexts(record, { plain: JSON.stringify(properties), canonical: toCanonicalJson(properties) });
}

/** The same of one whose properties are printed already. */
export function joinTexts(
  { uuid, event, distinct_id, timestamp }: Omit<WireRecord, 'properties'>,
  { plain, canonical }: PropertyTexts,
): EventTexts {
  const id = toCanonicalJson(uuid);
  const name = toCanonicalJson(event);
  const from = toCanonicalJson(distinct_id);
  const at = toCanonicalJson(timestamp);
  return {
    members: `"uuid":${id},"event":${name},"distinct_id":${from},"timestamp":${at},"properties":${plain}`,
    canonical: `{"distinct_id":${from},"event":${name},"properties":${canonical},"timestamp":${at},"uuid":${id}}`,
  };
}
