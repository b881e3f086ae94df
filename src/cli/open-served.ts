import { type ConsentParts, type CreateTelemetryOptions, openConsent } from '../client/index.js';
import type { Environment } from '../settings/index.js';
import type { Opened } from './run-command-line.js';

/** What is known of an app, and what it says in code as far as that is known. */
interface KnownApp extends Pick<Opened, 'isCodeKnown' | 'areEventsKnown'> {
  readonly options: CreateTelemetryOptions;
}

/**
 * What speaks about an app in whose place this program acts: it records for the app, or tells in its name.
 *
 * Without the app's code nobody knows where its events go: they are sent when the environment or a file names a server, and otherwise
 * stay here. The app's config file decides too then, for nobody else has asked its maker.
 *
 * @param configFile - the app's config file, in place of the one it has; absolute
 * @throws {ConfigError} `OPTION_INVALID`, `OPTION_UNKNOWN`
 */
export function openServed(
  { options, isCodeKnown, areEventsKnown }: KnownApp,
  configFile: string | undefined,
  environment: Environment,
): ConsentParts {
  const named = configFile === undefined ? options : { ...options, configFile };
  if (isCodeKnown) return openConsent(named, environment);
  const { posthog: _, events, ...rest } = named;
  const said = { ...rest, ...(areEventsKnown && events && { events }), umbrellaFlag: true };
  return openConsent(said, environment, undefined, { recordsWithoutKey: true });
}
