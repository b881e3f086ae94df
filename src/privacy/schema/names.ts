import { ConfigError } from '../../internal/index.js';
import type { EventDeclaration } from './metadata.js';

const PROPERTY_NAME = /^[A-Za-z][\w.-]{0,99}$/;
const EVENT_NAME = /^[A-Za-z][\w.:-]{0,99}$/;

/** PostHog gives names that begin with `$` a meaning; these are the ones that Sotto itself sends. */
const RESERVED_EVENTS: ReadonlySet<string> = new Set(['$feature_flag_called']);
const RESERVED_PROPERTIES: ReadonlySet<string> = new Set([
  '$feature_flag',
  '$feature_flag_response',
  // What the event is beside an event: a metric, a span or an error. Untyped payloads cannot say it.
  '$signal',
]);

/** Is this a name an event may have? A letter, then letters, digits, `_ . : -`; at most 100 characters. */
export function isEventName(name: unknown): name is string {
  return typeof name === 'string' && (EVENT_NAME.test(name) || RESERVED_EVENTS.has(name));
}

/** The name an event is sent under: `search` of the app `acme-tool` as `acme_tool_search`, or `error` as `acme_tool.error`, if its class asks for that. */
export function eventNameOnWire(
  app: string,
  { name, isPrefixed, separator }: Pick<EventDeclaration, 'name' | 'isPrefixed' | 'separator'>,
): string {
  return isPrefixed ? `${app.replaceAll('-', '_')}${separator}${name}` : name;
}

/** @throws {ConfigError} `EVENT_NAME_INVALID` */
export function assertEventName(name: unknown): void {
  if (isEventName(name)) return;
  throw new ConfigError(
    'EVENT_NAME_INVALID',
    'An event name is a letter, then letters, digits, "_", ".", ":" or "-", at most 100 characters. Names beginning with "$" are PostHog\'s.',
  );
}

/** Is this a name a property may leave under? A letter, then letters, digits, `_ . -`; at most 100 characters. */
export function isPropertyName(name: unknown): name is string {
  return typeof name === 'string' && (PROPERTY_NAME.test(name) || RESERVED_PROPERTIES.has(name));
}
