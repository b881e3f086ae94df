import { isDeepStrictEqual } from 'node:util';
import { ConfigError } from '../internal/index.js';
import type { Settings } from '../settings/index.js';
import type { Telemetry } from './telemetry.js';

interface Entry {
  readonly settings: Settings;
  readonly client: Telemetry;
}

/** The living clients of this process by app: two tools in one process never share a key, a session or a queue. */
const clients = new Map<string, Entry>();

/**
 * The living client of an app, or a new one.
 *
 * @throws {ConfigError} `OPTION_INVALID` when the app has a living client with other settings: which of the two should win?
 */
export function getOrCreate(settings: Settings, create: () => Telemetry): Telemetry {
  const existing = clients.get(settings.app);
  if (!existing) {
    const client = create();
    clients.set(settings.app, { settings, client });
    return client;
  }
  if (isDeepStrictEqual(existing.settings, settings)) return existing.client;
  throw new ConfigError(
    'OPTION_INVALID',
    `\`${settings.app}\` has a telemetry client with other settings in this process. Create it once and get it elsewhere with getTelemetryClient('${settings.app}'), or await its shutdown() first.`,
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
