import type { ConsentDecision } from '../consent/index.js';
import { readFrameSources } from '../crash/index.js';
import { createRest, Outbox } from '../delivery/index.js';
import { createFlags, type FlagDefinitions } from '../flags/index.js';
import { installCommand, OTLP_PEER, randomBytes, randomId } from '../internal/index.js';
import {
  createKeyedHash,
  createSanitizer,
  EVERYTHING_HELD,
  type HeldBack,
  mergeProperties,
  type SanitizedProperties,
  type Sanitizer,
} from '../privacy/index.js';
import {
  createCrashFiles,
  createDeliveryState,
  createFlagStore,
  createLedger,
  createSpoolNotes,
  createUsageLog,
  type Ledger,
  openInstallationSecret,
  type SpoolNotes,
} from '../store/index.js';
import type { Counters } from './counters.js';
import type { CrashWatch } from './crash-watch.js';
import { type Destination, noteOf, openDestination, RECORDING_SWITCHES, toWireOf } from './destination.js';
import type { Gate } from './gate.js';
import type { InstallationWatch } from './installation.js';
import { once, whileSame } from './once.js';
import type { ConsentParts } from './open-consent.js';
import { Recorder, type RecorderParts } from './recorder.js';
import { Sessions } from './sessions.js';
import { showEvent } from './show-event.js';
import type { Clock, StandIns } from './stand-ins.js';
import type { FieldWarning, PeerWarning } from './status.js';

const NOTHING = mergeProperties();
const MAX_CRASH_FILES = 50;
const MAX_CRASH_BYTES = 5_242_880;

/** What a recorder is made of, besides what is its own. */
export interface RecorderContext {
  readonly consent: ConsentParts;
  readonly definitions: FlagDefinitions | undefined;
  readonly decision: ConsentDecision;
  readonly counters: Counters;
  readonly context: () => SanitizedProperties;
  readonly warnings: (FieldWarning | PeerWarning)[];
  readonly gate: Gate;
  readonly crashWatch: CrashWatch;
  readonly installation: InstallationWatch;
  readonly reported: RecorderParts['reported'];
  readonly clock: Clock;
  /** Undefined: files are written, and in mode `on` a connection may come into being. */
  readonly standIns: StandIns | undefined;
}

/**
 * Put together what records. Only called with consent: from here on ids, files, a secret and, in mode `on`, a connection may come
 * into being.
 */
export function createRecorder(parts: RecorderContext): Recorder {
  const { consent, decision, counters, context, warnings, gate, clock, standIns } = parts;
  const { settings, directory, file, admission } = consent;
  const { heldBack } = consent.coverage;
  // A no that came meanwhile has erased the secret: then it is not made anew, but for this moment.
  const keptIn = () => (gate.refresh().mode === 'off' ? undefined : directory);
  const installationHash = once(() => createKeyedHash(openInstallationSecret(keptIn())));
  const sessions = new Sessions({ randomId, randomBytes, context }, NOTHING);
  const hashes = { installation: installationHash, session: () => sessions.current.hash() };
  const sanitizer = createSanitizer({
    app: settings.app,
    now: clock.now,
    heldBack,
    hashes,
    toolsOverPrivacy: () => gate.isToolsOverPrivacy,
    countDrop: counters.countDrop,
    reportMissingField: (event, field) => warnings.push(missingField(event, field)),
  });
  const maySend = () => {
    const { mode, switches } = gate.refresh();
    return mode === 'on' && RECORDING_SWITCHES.some((name) => switches[name].enabled);
  };
  const onPeerMissing = once(() => warnings.push(PEER_MISSING));
  const destination =
    decision.mode === 'on' && !standIns
      ? openDestination(settings, { mayRequest: maySend, onPeerMissing })
      : undefined;
  // Flags are there to learn from their use.
  const fetchFlags = standIns?.fetchFlags ?? destination?.fetchFlags;
  // Who receives nothing is asked nothing either.
  const mayFetch = () =>
    fetchFlags !== undefined && maySend() && gate.mayRecord('usage') && heldBack() !== EVERYTHING_HELD;
  const spool = destination && createSpoolNotes(directory as string, noteOf(consent, decision));
  const ledger =
    standIns?.ledger ?? openLedger(consent, spool, counters, () => gate.refresh().mode !== 'off');
  const distinctId = settings.distinctId === 'installation' ? once(() => file.installId()) : undefined;
  const recorder: Recorder = new Recorder({
    sanitizer,
    hashes,
    sessions,
    counters,
    ledger,
    admission,
    show: settings.verbose ? showEvent(toWireOf(settings)) : undefined,
    distinctId: distinctId ?? ((sessionId) => sessionId),
    mayRecord: (kind) => gate.mayRecord(kind),
    randomId,
    now: clock.now,
    outbox: destination && createOutbox(consent, { destination, ledger, maySend, counters }),
    monotonicNow: clock.monotonicNow,
    metricsIntervalMs: settings.delivery.batchIntervalMs,
    frames: once(() => readFrameSources(settings.app, settings.crash.appRoot)),
    crashFiles: createCrashFiles(
      directory,
      { maxFiles: MAX_CRASH_FILES, maxBytes: MAX_CRASH_BYTES, retentionDays: settings.store.retentionDays },
      { toWire: toWireOf(settings), now: clock.now },
    ),
    usageLog: standIns?.usageLog ?? createUsageLog(directory as string, { now: clock.now }),
    hooks: consent.hooks.counted,
    crashWatch: parts.crashWatch,
    installation: parts.installation,
    reported: parts.reported,
    isCurrent: (asking) => gate.recorder === asking,
    flags: createFlags(
      { definitions: parts.definitions, ...settings.flags },
      {
        fetchFlags: async (id, keys, signal) =>
          ledger.noteFlagsRequest(sessions.processWide.id, id) ? fetchFlags?.(id, keys, signal) : undefined,
        mayFetch,
        now: clock.now,
        startTimer,
        store: directory === undefined ? undefined : createFlagStore(directory),
        distinctId: () => distinctId?.() ?? sessions.current.id,
        onExposure: (key, value) => recorder.recordExposure(key, value),
        onChange: (values) => sessions.setFeatures(sayFeatures(values, sanitizer, heldBack)),
      },
    ),
  });
  return recorder;
}

/** Variants as every event says them; made again when it is another yes that they are held to. */
function sayFeatures(
  values: ReadonlyMap<string, string | boolean>,
  sanitizer: Sanitizer,
  heldBack: () => HeldBack,
): () => SanitizedProperties {
  const sayWhile = whileSame<boolean, SanitizedProperties>(() => sanitizer.features(values));
  return () => sayWhile(heldBack().features);
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
      toWire: toWireOf(settings),
      mayWrite,
      onFailure: store.fail,
      spool,
      onLeft: countLeft,
      onRemoved: countRemoved,
    },
  );
}

interface OutboxInput {
  readonly destination: Destination;
  readonly ledger: Ledger;
  readonly maySend: () => boolean;
  readonly counters: Counters;
}

function createOutbox(
  consent: ConsentParts,
  { destination: { kindOf, sinkOf, host }, ledger, maySend, counters }: OutboxInput,
): Outbox {
  const { settings, environment } = consent;
  const directory = consent.directory as string;
  const restOf = (kind: string) => {
    // A path of its own may be in trouble on its own; PostHog has one.
    const state = createDeliveryState(directory, kind === 'batch' ? host : `${host}/v1/${kind}`);
    return createRest({ now: Date.now, random: Math.random, ...state });
  };
  const { delivery, proxies, isInFlusher } = settings;
  // Whatever brought a client into the flusher: one flusher starts no other.
  const config = { ...delivery, detached: delivery.detached && !isInFlusher };
  const count = counters.countOutcome;
  return new Outbox({
    config,
    directory,
    environment,
    proxies,
    ledger,
    kindOf,
    sinkOf,
    restOf,
    maySend,
    count,
  });
}

const missingField = (event: string, field: string): FieldWarning => ({
  code: 'FIELD_UNKNOWN',
  source: `${event}.${field}`,
  rule: 'must be a field of the objects it is declared for; initialise it in the class or correct the name',
});

const PEER_MISSING: PeerWarning = {
  code: 'PEER_MISSING',
  source: OTLP_PEER,
  rule: `must be installed for events to leave as OTLP; until then they wait on this machine. Run ${installCommand('otlp')}`,
};

function startTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
