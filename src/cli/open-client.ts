import {
  type ConsentParts,
  type CreateTelemetryOptions,
  createClient,
  type Telemetry,
} from '../client/index.js';
import type { Opened } from './run-command-line.js';

/** What is known of an app, and what it says in code as far as that is known. */
interface KnownApp extends Pick<Opened, 'isCodeKnown' | 'areEventsKnown'> {
  readonly options: CreateTelemetryOptions;
}

/**
 * A client of an app that runs in a process of its own, for others to record with.
 *
 * Without the app's code nobody knows where its events go: they are sent when the environment or a file names a server, and otherwise
 * stay here. The app's config file decides too then, for nobody else has asked its maker.
 *
 * @param configFile - the app's config file, in place of the one it has; absolute
 * @throws {ConfigError} `OPTION_INVALID`, `OPTION_UNKNOWN`
 */
export function openClient(
  { options, isCodeKnown, areEventsKnown }: KnownApp,
  configFile: string | undefined,
  open: (options: CreateTelemetryOptions) => ConsentParts,
): Telemetry {
  const named = configFile === undefined ? options : { ...options, configFile };
  const consent = isCodeKnown ? open(named) : openUnknown(named, areEventsKnown, open);
  return createClient(consent, undefined, () => {});
}

function openUnknown(
  { posthog: _, events, ...options }: CreateTelemetryOptions,
  areEventsKnown: boolean,
  open: (options: CreateTelemetryOptions) => ConsentParts,
): ConsentParts {
  const known = areEventsKnown && events !== undefined ? { events } : {};
  const said = { ...options, ...known, umbrellaFlag: true };
  const consent = open(said);
  const { posthog, otlp } = consent.settings;
  const isServerNamed = posthog.key !== undefined || otlp.endpoint !== undefined;
  return isServerNamed ? consent : open({ ...said, dryRun: true });
}
