import { ConfigError } from '../../internal/index.js';
import { modelOf } from '../../privacy/index.js';
import { type CanarySearch, createSearch, type Found } from '../canary/index.js';
import { type CapturedEvent, createTestTelemetry } from './create-test-telemetry.js';
import type { Leak } from './leak-error.js';
import { type Secrets, toNamedSecrets } from './secrets.js';

/** What can be looked at: an event as it would leave, an instance of an event class, a list of them, or all of a test. */
export type Leakable = object | readonly object[] | { readonly events: readonly CapturedEvent[] };

/**
 * Look for secrets in every name and value of events, at any depth. Instances of event classes are looked at as they would leave
 * with every consent that there is.
 *
 * @returns where they were found; empty when they were found nowhere
 * @throws {ConfigError} `OPTION_INVALID` where there is no event, no secret, or one that is too short: a check that looks at
 *   nothing finds nothing
 */
export function findLeaks(source: Leakable, secrets: Secrets): readonly Leak[] {
  const events = toWireEvents(source);
  if (events.length === 0) throw new ConfigError('OPTION_INVALID', NO_EVENT);
  const find = createSearch(toNamedSecrets(secrets));
  return events.flatMap((event) => {
    const leaks = leaksIn(event, '', find);
    return leaks.map((leak) => ({ ...leak, path: `${nameOf(event, find)}: ${leak.path}` }));
  });
}

const NO_EVENT =
  'There is no event to look for secrets in: none was captured, or what was captured does not leave. `status().dropped` says why.';

function toWireEvents(source: Leakable): readonly object[] {
  if (Array.isArray(source)) return source.flatMap(toWire);
  return 'events' in source && Array.isArray(source.events) ? source.events : toWire(source);
}

/** An instance of an event class is no event yet: its fields hold what its rules will reduce. */
function toWire(event: object): readonly object[] {
  if (!modelOf(event)) return [event];
  const { telemetry } = createTestTelemetry({ toolsOverPrivacy: true, crashReporting: true });
  const preview = telemetry.preview(event);
  return preview ? [preview] : [];
}

function leaksIn(value: unknown, path: string, find: CanarySearch): readonly Leak[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return leaksOf(find(String(value)), path);
  return Object.entries(value).flatMap(([name, member]) => {
    const inName = find(name);
    // A path through a name that is a secret must not tell it.
    const at = join(path, inName.length === 0 ? name : '<a name>');
    return [...leaksOf(inName, at), ...leaksIn(member, at, find)];
  });
}

/** One form of each secret says it: the others follow from it. */
function leaksOf(found: readonly Found[], path: string): readonly Leak[] {
  const first = found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
  return first.map(({ name, form }) => ({ secret: name, form, path }));
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function nameOf(event: object, find: CanarySearch): string {
  const name = 'event' in event && typeof event.event === 'string' ? event.event : 'event';
  return find(name).length === 0 ? name : 'event';
}
