import type { SanitizedEvent } from '../../../src/privacy/index.js';

/** An event as the privacy door would make it, told apart by its uuid. */
export function buildEvent(uuid: number | string, properties: object = { n: uuid }): SanitizedEvent {
  const event = { uuid: String(uuid), event: 'e', distinctId: 'd', timestampMs: 0, properties, common: {} };
  return event as unknown as SanitizedEvent;
}
