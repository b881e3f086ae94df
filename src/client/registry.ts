import { isDeepStrictEqual } from 'node:util';
import type { FlagDefinitions } from '../flags/index.js';
import { ConfigError } from '../internal/index.js';
import type { Settings } from '../settings/index.js';
import type { Telemetry } from './telemetry.js';

/** What tells one client of an app from another. */
export interface Identity {
  readonly settings: Settings;
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
 * @throws {ConfigError} `OPTION_INVALID` when the app has a living client with other settings or flags: which of the
 *   two should win?
 */
export function getOrCreate(identity: Identity, create: () => Telemetry): Telemetry {
  const { app } = identity.settings;
  const existing = clients.get(app);
  if (!existing) {
    const client = create();
    clients.set(app, { identity, client });
    return client;
  }
  if (isDeepStrictEqual(existing.identity, identity)) return existing.client;
  throw new ConfigError(
    'OPTION_INVALID',
    `\`${app}\` has a telemetry client with other settings or flags in this process. Create it once and get it elsewhere with getTelemetryClient('${app}'), or await its shutdown() first.`,
  );
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
