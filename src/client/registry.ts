import { isDeepStrictEqual } from 'node:util';
import type { FlagDefinitions } from '../flags/index.js';
import { ConfigError } from '../internal/index.js';
import { resolveSettings } from '../settings/index.js';
import type { ConsentOptions } from './open-consent.js';
import type { Telemetry } from './telemetry.js';

/** What tells one client of an app from another: what the program says in code. The environment may change meanwhile. */
export interface Identity {
  readonly options: ConsentOptions;
  readonly definitions: FlagDefinitions | undefined;
}

interface Entry {
  readonly identity: Identity;
  readonly client: Telemetry;
}

/** The living clients of this process by app: two tools in one process never share a key, a session or a queue. */
const clients = new Map<string, Entry>();

/**
 * The living client of an app, or a new one.
 *
 * @throws {ConfigError} `OPTION_UNKNOWN`, `OPTION_INVALID` for the options; `OPTION_INVALID` when the app has a living client with other options or flags: which of the
 *   two should win?
 */
export function getOrCreate(identity: Identity, create: () => Telemetry): Telemetry {
  const { app } = identity.options;
  const existing = clients.get(app);
  if (!existing) {
    const client = create();
    clients.set(app, { identity, client });
    return client;
  }
  if (isDeepStrictEqual(compared(existing.identity), compared(identity))) return existing.client;
  throw new ConfigError(
    'OPTION_INVALID',
    `\`${app}\` has a telemetry client with other options or flags in this process. Create it once and get it elsewhere with getTelemetryClient('${app}'), or await its shutdown() first.`,
  );
}

/** Options that come to the same are the same, however they were written. */
function compared({ options: { events, hooks, ...code }, definitions }: Identity): unknown {
  const { origins: _, ...settings } = resolveSettings(code, { env: {}, dotenv: {} });
  return { settings, events, hooks, definitions };
}

export function forget(app: string): void {
  clients.delete(app);
}

/** The client of an app; without a name, the only one there is. Undefined when there is none, or more than one. */
export function find(app: string | undefined): Telemetry | undefined {
  if (app !== undefined) return clients.get(app)?.client;
  const [first, ...others] = clients.values();
  return others.length === 0 ? first?.client : undefined;
}
