import type { ConsentDecision } from '../consent/index.js';
import {
  connectPostHog,
  createRest,
  Outbox,
  type PostHogConnection,
  toPostHogMessage,
} from '../delivery/index.js';
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
import {
  createDeliveryState,
  createFlagStore,
  createLedger,
  createSpoolNotes,
  type Ledger,
  openInstallationSecret,
  type SpoolNotes,
} from '../store/index.js';
import { Client } from './client.js';
import { type Counters, createCounters } from './counters.js';
import { Gate } from './gate.js';
import type { ConsentParts } from './open-consent.js';
import { Recorder } from './recorder.js';
import { Sessions } from './sessions.js';
import { showEvent } from './show-event.js';
import type { FieldWarning } from './status.js';
import { readSystemFacts } from './system-facts.js';

const NOTHING = mergeProperties();
const SESSION_PLACEHOLDER = '<session-id>';
const INSTALLATION_PLACEHOLDER = '<installation-id>';
const UUID_PLACEHOLDER = '<uuid>';

/**
 * Put the parts of one client together. What exists only with consent comes into being in `createRecorder`, which the
 * gate calls once the mode is `local` or `on`: nothing of it is made in mode `off`.
 *
 * @param onShutdown - called once, when the client has ended
 */
export function createClient(
  consent: ConsentParts,
  definitions: FlagDefinitions | undefined,
  onShutdown: () => void,
): Client {
  const { settings, watch } = consent;
  const counters = createCounters();
  const fieldWarnings: FieldWarning[] = [];
  const context = once(() =>
    createPreviewSanitizer(consent, undefined).properties(toEventContext(readSystemFacts(settings.isCi))),
  );
  const gate: Gate = new Gate({
    watch,
    createRecorder: (decision) =>
      createRecorder({ consent, definitions, decision, counters, context, fieldWarnings, gate }),
  });
  const previewer = () => {
    const { recorder } = gate;
    const envelope = recorder?.envelope() ?? placeholderEnvelope(settings.distinctId, context());
    return { sanitizer: createPreviewSanitizer(consent, recorder), envelope };
  };
  return new Client({ consent, gate, counters, fieldWarnings, previewer, onShutdown });
}

interface RecorderContext {
  readonly consent: ConsentParts;
  readonly definitions: FlagDefinitions | undefined;
  readonly decision: ConsentDecision;
  readonly counters: Counters;
  readonly context: () => SanitizedProperties;
  readonly fieldWarnings: FieldWarning[];
  readonly gate: Gate;
}

/** Only called with consent: from here on ids, files, a secret and, in mode `on`, a connection may come into being. */
function createRecorder(parts: RecorderContext): Recorder {
  const { consent, decision, counters, context, fieldWarnings, gate } = parts;
  const { settings, directory, file, admission } = consent;
  // A no that came meanwhile has erased the secret: then it is not made anew, but for this moment.
  const keptIn = () => (gate.refresh().mode === 'off' ? undefined : directory);
  const installation = once(() => createKeyedHash(openInstallationSecret(keptIn())));
  const sessions = new Sessions({ randomId, randomBytes, context }, NOTHING);
  const hashes = { installation, session: () => sessions.current.hash() };
  const sanitizer = createSanitizer({
    app: settings.app,
    hashes,
    toolsOverPrivacy: () => gate.isToolsOverPrivacy,
    countDrop: counters.countDrop,
    reportMissingField: (event, field) => fieldWarnings.push(missingField(event, field)),
  });
  const maySend = () => {
    const { mode, switches } = gate.refresh();
    return mode === 'on' && switches.usageAnalytics.enabled;
  };
  // Flags are there to learn from their use.
  const mayFetch = () => connection !== undefined && maySend();
  const connection = decision.mode === 'on' ? connect(consent, maySend) : undefined;
  const spool = connection && openSpool(consent, decision);
  const ledger = openLedger(consent, spool, counters, () => gate.refresh().mode !== 'off');
  const distinctId = settings.distinctId === 'installation' ? once(() => file.installId()) : undefined;
  const recorder: Recorder = new Recorder({
    sanitizer,
    hashes,
    sessions,
    counters,
    ledger,
    admission,
    show: settings.verbose ? showEvent : undefined,
    distinctId: distinctId ?? ((sessionId) => sessionId),
    mayRecord: (kind) => gate.mayRecord(kind),
    randomId,
    now: Date.now,
    outbox: connection && createOutbox(consent, { sink: connection, ledger, maySend, counters }),
    flags: createFlags(
      { definitions: parts.definitions, ...settings.flags },
      {
        fetchFlags: async (id, keys, signal) =>
          ledger.noteFlagsRequest(sessions.processWide.id, id)
            ? connection?.fetchFlags(id, keys, signal)
            : undefined,
        mayFetch,
        now: Date.now,
        startTimer,
        store: directory === undefined ? undefined : createFlagStore(directory),
        distinctId: () => distinctId?.() ?? sessions.current.id,
        onExposure: (key, value) => recorder.recordExposure(key, value),
        onChange: (values) => sessions.setFeatures(sanitizer.features(values)),
      },
    ),
  });
  return recorder;
}

/** @param spool - undefined in mode `local`: nothing of the ledger is ever sent */
function openLedger(
  { settings, directory, store }: ConsentParts,
  spool: SpoolNotes | undefined,
  { countLeft, countRemoved }: Counters,
  mayWrite: () => boolean,
): Ledger {
  const { version } = settings;
  const { retentionDays, maxLedgerBytes } = settings.store;
  return createLedger(
    { directory: directory as string, retentionDays, maxLedgerBytes, version },
    {
      now: Date.now,
      toWire: toPostHogMessage,
      mayWrite,
      onFailure: store.fail,
      spool,
      onLeft: countLeft,
      onRemoved: countRemoved,
    },
  );
}

/** Where events of this process go, for another one that may have to send them. */
function openSpool(
  { settings, directory, places }: ConsentParts,
  { epoch, switches }: ConsentDecision,
): SpoolNotes {
  const { app, command, consent: basis } = settings;
  const { key, host, allowHttp: allowsHttp } = settings.posthog;
  const { requestTimeoutMs } = settings.delivery;
  return createSpoolNotes(directory as string, {
    app,
    basis,
    command,
    epoch,
    toolsOverPrivacy: switches.toolsOverPrivacy.enabled,
    key: key as string,
    host,
    allowsHttp,
    requestTimeoutMs,
    compressionThresholdBytes: thresholdOf(settings),
    places,
    workingDirectory: findWorkingDirectory(),
  });
}

const thresholdOf = ({ delivery: { compression, compressionThresholdBytes } }: ConsentParts['settings']) =>
  compression ? compressionThresholdBytes : undefined;

function connect({ settings }: ConsentParts, mayRequest: () => boolean): PostHogConnection | undefined {
  const { key, host } = settings.posthog;
  const { requestTimeoutMs } = settings.delivery;
  if (key === undefined) return undefined;
  const { proxies } = settings;
  const compressionThresholdBytes = thresholdOf(settings);
  return connectPostHog({ key, host, requestTimeoutMs, mayRequest, proxies, compressionThresholdBytes });
}

interface OutboxInput {
  readonly sink: PostHogConnection;
  readonly ledger: Ledger;
  readonly maySend: () => boolean;
  readonly counters: Counters;
}

function createOutbox(consent: ConsentParts, { sink, ledger, maySend, counters }: OutboxInput): Outbox {
  const { settings, environment } = consent;
  const directory = consent.directory as string;
  const state = createDeliveryState(directory, settings.posthog.host);
  const rest = createRest({ now: Date.now, random: Math.random, ...state });
  const { delivery, proxies, isInFlusher } = settings;
  // Whatever brought a client into the flusher: one flusher starts no other.
  const config = { ...delivery, detached: delivery.detached && !isInFlusher };
  const count = counters.countOutcome;
  return new Outbox({ config, directory, environment, proxies, ledger, sink, rest, maySend, count });
}

/** The same door without a counter. It uses the recorder's secrets where there is a recorder, and never makes any. */
function createPreviewSanitizer(
  { settings, watch }: ConsentParts,
  recorder: Recorder | undefined,
): Sanitizer {
  return createSanitizer({
    app: settings.app,
    hashes: recorder?.hashes ?? { installation: () => undefined, session: () => undefined },
    toolsOverPrivacy: () => watch.current().switches.toolsOverPrivacy.enabled,
    countDrop: () => {},
    reportMissingField: () => {},
  });
}

/** Undefined where it is gone. */
function findWorkingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

function placeholderEnvelope(scope: 'session' | 'installation', common: SanitizedProperties): Envelope {
  const distinctId = scope === 'session' ? SESSION_PLACEHOLDER : INSTALLATION_PLACEHOLDER;
  return { uuid: UUID_PLACEHOLDER, distinctId, timestampMs: 0, common };
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
