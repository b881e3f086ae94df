import { type ConsentDecision, decideConsent } from '../consent/index.js';
import { connectPostHog, Delivery, type PostHogConnection } from '../delivery/index.js';
import { toEventContext } from '../events/index.js';
import { createFlags, type FlagDefinitions } from '../flags/index.js';
import { randomBytes, randomId } from '../internal/index.js';
import {
  createKeyedHash,
  createSanitizer,
  type Envelope,
  mergeProperties,
  type SanitizedProperties,
  type Sanitizer,
} from '../privacy/index.js';
import type { Settings } from '../settings/index.js';
import { createFlagStore, openInstallationSecret, resolveStateDirectory } from '../store/index.js';
import { Client } from './client.js';
import { type Counters, createCounters } from './counters.js';
import { Recorder } from './recorder.js';
import { Sessions } from './sessions.js';
import type { FieldWarning } from './status.js';
import { readSystemFacts } from './system-facts.js';

const NOTHING = mergeProperties();
const SESSION_PLACEHOLDER = '<session-id>';
const UUID_PLACEHOLDER = '<uuid>';

/**
 * Put the parts of one client together. Settings and consent are decided; this is the place where everything that
 * exists only with consent comes into being: nothing below is made in mode `off`.
 *
 * @param onShutdown - called once, when the client has ended
 */
export function createClient(
  settings: Settings,
  definitions: FlagDefinitions | undefined,
  onShutdown: () => void,
): Client {
  const decision = decide(settings);
  const counters = createCounters();
  const fieldWarnings: FieldWarning[] = [];
  const context = once(() =>
    createPreviewSanitizer(settings, undefined).properties(toEventContext(readSystemFacts())),
  );
  const recorder =
    decision.mode === 'off'
      ? undefined
      : createRecorder({ settings, definitions, decision, counters, context, fieldWarnings });
  const previewer = {
    sanitizer: createPreviewSanitizer(settings, recorder),
    envelope: (): Envelope => recorder?.envelope() ?? placeholderEnvelope(context()),
  };
  return new Client({ settings, decision, counters, fieldWarnings, recorder, previewer, onShutdown });
}

function decide(settings: Settings): ConsentDecision {
  return decideConsent({
    layers: settings.consentLayers,
    basis: settings.consent,
    hasKey: settings.posthog.key !== undefined,
    prefix: settings.prefix,
  });
}

interface RecorderContext {
  readonly settings: Settings;
  readonly definitions: FlagDefinitions | undefined;
  readonly decision: ConsentDecision;
  readonly counters: Counters;
  readonly context: () => SanitizedProperties;
  readonly fieldWarnings: FieldWarning[];
}

/** Only called with consent: from here on ids, a secret and, in mode `on`, a connection may come into being. */
function createRecorder(parts: RecorderContext): Recorder {
  const { settings, decision, counters, context, fieldWarnings } = parts;
  const directory = resolveStateDirectory(settings.app, settings.store.directory);
  const installation = once(() => createKeyedHash(openInstallationSecret(directory)));
  const sessions = new Sessions({ randomId, randomBytes, context }, NOTHING);
  const hashes = { installation, session: () => sessions.current.hash() };
  const sanitizer = createSanitizer({
    app: settings.app,
    hashes,
    toolsOverPrivacy: () => settings.toolsOverPrivacy,
    countDrop: counters.countDrop,
    reportMissingField: (event, field) => fieldWarnings.push(missingField(event, field)),
  });
  const connection = decision.mode === 'on' ? connect(settings) : undefined;
  const recorder: Recorder = new Recorder({
    sanitizer,
    hashes,
    sessions,
    counters,
    randomId,
    now: Date.now,
    delivery: connection && createDelivery(settings, connection, counters),
    flags: createFlags(
      { definitions: parts.definitions, ...settings.flags },
      {
        fetchFlags: async (distinctId, keys, signal) => connection?.fetchFlags(distinctId, keys, signal),
        mayFetch: () => connection !== undefined,
        now: Date.now,
        startTimer,
        store: directory === undefined ? undefined : createFlagStore(directory),
        distinctId: () => sessions.current.id,
        onExposure: (key, value) => recorder.recordExposure(key, value),
        onChange: (values) => sessions.setFeatures(sanitizer.features(values)),
      },
    ),
  });
  return recorder;
}

function connect(settings: Settings): PostHogConnection | undefined {
  const { key, host } = settings.posthog;
  return key === undefined
    ? undefined
    : connectPostHog({ key, host, requestTimeoutMs: settings.delivery.requestTimeoutMs });
}

function createDelivery(settings: Settings, sink: PostHogConnection, counters: Counters): Delivery {
  const { countSent, countDrop } = counters;
  return new Delivery(settings.delivery, {
    sink,
    maySend: () => true,
    now: Date.now,
    random: Math.random,
    countSent,
    countDrop,
  });
}

/** The same door without a counter. It uses the recorder's secrets where there is a recorder, and never makes any. */
function createPreviewSanitizer(settings: Settings, recorder: Recorder | undefined): Sanitizer {
  return createSanitizer({
    app: settings.app,
    hashes: recorder?.hashes ?? { installation: () => undefined, session: () => undefined },
    toolsOverPrivacy: () => settings.toolsOverPrivacy,
    countDrop: () => {},
    reportMissingField: () => {},
  });
}

function placeholderEnvelope(common: SanitizedProperties): Envelope {
  return { uuid: UUID_PLACEHOLDER, distinctId: SESSION_PLACEHOLDER, timestampMs: 0, common };
}

const missingField = (event: string, field: string): FieldWarning => ({
  code: 'FIELD_UNKNOWN',
  source: `${event}.${field}`,
  rule: 'must be a field of the objects it is declared for; initialise it in the class or correct the name',
});

function startTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
