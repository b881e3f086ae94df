import type { JsonObject } from './json.js';

declare const sanitized: unique symbol;

/** An event as it is stored and sent, without anything that a sink adds. */
export interface WireEvent {
  /** UUID, made once when the event was captured; the receiving side counts an event once by it. */
  readonly uuid: string;
  readonly event: string;
  /** A random id: of the session, or of the installation if the maker chose so. Never derived from anything. */
  readonly distinctId: string;
  /** When it was captured, in milliseconds since 1970. */
  readonly timestampMs: number;
  /** What the event itself says. */
  readonly properties: JsonObject;
  /** What every event of this moment says too: coarse context, session tags, flag variants. Shared, never changed. */
  readonly common: SanitizedProperties;
  /** Its properties already say what a sink adds: it was read back from the store, and leaves as the same bytes. */
  readonly isComplete?: true;
}

/** An event reduced to its declared fields. Only this folder can make one; store and delivery take nothing else. */
export type SanitizedEvent = WireEvent & {
  readonly properties: SanitizedProperties;
  readonly [sanitized]: true;
};

/** Properties reduced by a rule. Only this folder can make them. */
export type SanitizedProperties = JsonObject & { readonly [sanitized]: true };
