import type { ConsentDecision } from '../consent/index.js';
import {
  connectOtlp,
  connectPostHog,
  type Message,
  type PostHogConnection,
  type Sink,
  signalOf,
  toOtlpMessage,
  toPostHogMessage,
} from '../delivery/index.js';
import { quietly } from '../internal/index.js';
import type { SanitizedEvent } from '../privacy/index.js';
import type { ConfigPlace, ConsentSwitch, Environment, Settings } from '../settings/index.js';
import type { SpoolNote } from '../store/index.js';
import type { ConsentParts } from './open-consent.js';

/** Where events go, and who is asked for flags. */
export interface Destination {
  /** Events of one kind go in one request. */
  readonly kindOf: (event: SanitizedEvent) => string;
  /** A way of its own for each kind, which ends by itself. */
  readonly sinkOf: (kind: string) => Sink;
  /** Undefined where there is no PostHog project to ask. */
  readonly fetchFlags: PostHogConnection['fetchFlags'] | undefined;
  /** The events' server. */
  readonly host: string;
}

export interface DestinationEffects {
  /** Asked before every request. */
  readonly mayRequest: () => boolean;
  /** OpenTelemetry's package could not be loaded, so that events wait. */
  readonly onPeerMissing: () => void;
}

/** The address of the server that events go to. */
export const hostOf = ({ otlp, posthog }: Settings): string => otlp.endpoint ?? posthog.host;

/** Whether the person has named that server themselves, in a variable or in a file of theirs. */
export function isOwnRecipient(
  { otlp, origins }: Settings,
  { env }: Environment,
  places: readonly ConfigPlace[],
): boolean {
  const origin = origins[otlp.endpoint === undefined ? 'posthog.host' : 'otlp.endpoint'];
  const isOwn = ({ kind, shown }: ConfigPlace) => kind === 'user' && origin.startsWith(shown);
  return env[origin] !== undefined || places.some(isOwn);
}

/** Whether there is anywhere to send events to. */
export const hasDestination = ({ otlp, posthog }: Settings): boolean =>
  otlp.endpoint !== undefined || posthog.key !== undefined;

/** What leaves of an event: the same for the ledger, for previews and for the wire. */
export function toWireOf({ otlp }: Settings): (event: SanitizedEvent) => Message {
  return otlp.endpoint === undefined ? toPostHogMessage : toOtlpMessage;
}

/**
 * Prepare to send. Opens nothing before the first request.
 *
 * @returns undefined where there is nowhere to send to
 */
export function openDestination(settings: Settings, effects: DestinationEffects): Destination | undefined {
  const { app, version, distinctId, otlp, posthog, proxies } = settings;
  const { requestTimeoutMs } = settings.delivery;
  const { mayRequest, onPeerMissing } = effects;
  const config = { requestTimeoutMs, mayRequest, proxies, compressionThresholdBytes: thresholdOf(settings) };
  const { key, host } = posthog;
  const connection = key === undefined ? undefined : connectPostHog({ ...config, key, host });
  const { endpoint } = otlp;
  const fetchFlags = connection?.fetchFlags;
  if (endpoint === undefined)
    return connection && { kindOf: () => 'batch', sinkOf: () => connection, fetchFlags, host };
  const toOtlp = { ...config, ...otlp, endpoint, app, version, distinctId, onPeerMissing };
  return { kindOf: signalOf, sinkOf: () => connectOtlp(toOtlp), fetchFlags, host: endpoint };
}

/** What whoever sends later has to know. Only for settings that have a destination. */
export function noteOf(
  { settings, places }: Pick<ConsentParts, 'settings' | 'places'>,
  { epoch, switches }: ConsentDecision,
): SpoolNote {
  const { app, command, consent: basis, version, distinctId, otlp, posthog } = settings;
  const note = {
    app,
    basis,
    command,
    epoch,
    needs: RECORDING_SWITCHES.filter((name) => switches[name].enabled),
    toolsOverPrivacy: switches.toolsOverPrivacy.enabled,
    host: hostOf(settings),
    allowsHttp: posthog.allowHttp,
    requestTimeoutMs: settings.delivery.requestTimeoutMs,
    compressionThresholdBytes: thresholdOf(settings),
    places,
    umbrellaFlag: settings.umbrellaFlag,
    // It may be gone.
    workingDirectory: quietly(() => process.cwd()),
  };
  const { endpoint, protocol, headers } = otlp;
  return endpoint === undefined
    ? { ...note, sink: 'posthog', key: posthog.key as string }
    : { ...note, sink: 'otlp', protocol, headers, version, distinctId };
}

/** The parts of consent under which events are recorded. */
export const RECORDING_SWITCHES = [
  'usageAnalytics',
  'errorReporting',
  'crashReporting',
] as const satisfies ConsentSwitch[];

const thresholdOf = ({ delivery: { compression, compressionThresholdBytes } }: Settings) =>
  compression ? compressionThresholdBytes : undefined;
