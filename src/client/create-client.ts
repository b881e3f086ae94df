import { createReportedErrors, watchUncaught } from '../crash/index.js';
import { toEventContext } from '../events/index.js';
import type { FlagDefinitions } from '../flags/index.js';
import {
  createSanitizer,
  type Envelope,
  type HeldFields,
  type SanitizedProperties,
  type Sanitizer,
} from '../privacy/index.js';
import { Client } from './client.js';
import { createCounters } from './counters.js';
import { createCrashWatch } from './crash-watch.js';
import { createRecorder } from './create-recorder.js';
import { Gate } from './gate.js';
import { createInstallation } from './installation.js';
import { once, whileSame } from './once.js';
import type { ConsentParts } from './open-consent.js';
import type { Recorder } from './recorder.js';
import { type Clock, type StandIns, SYSTEM_CLOCK } from './stand-ins.js';
import type { FieldWarning, PeerWarning } from './status.js';
import { readSystemFacts } from './system-facts.js';

const SESSION_PLACEHOLDER = '<session-id>';
const INSTALLATION_PLACEHOLDER = '<installation-id>';
const UUID_PLACEHOLDER = '<uuid>';

/**
 * Put the parts of one client together. What exists only with consent comes into being in `createRecorder`, which the
 * gate calls once the mode is `local` or `on`: nothing of it is made in mode `off`.
 *
 * @param onShutdown - called once, when the client has ended
 * @param standIns - used instead of the clock, files and a connection
 */
export function createClient(
  consent: ConsentParts,
  definitions: FlagDefinitions | undefined,
  onShutdown: () => void,
  standIns?: StandIns,
): Client {
  const { settings, watch } = consent;
  const clock = standIns?.clock ?? SYSTEM_CLOCK;
  const counters = createCounters();
  const warnings: (FieldWarning | PeerWarning)[] = [];
  const context = createContext(consent, () => createPreviewSanitizer(consent, clock, undefined));
  const crashWatch = createCrashWatch(
    settings.crash.captureUncaught ? watchUncaught : undefined,
    (thrown, origin) => gate.recorder?.errors.recordCrash(thrown, origin, {}),
  );
  const gate: Gate = new Gate({
    watch,
    createRecorder: (decision) =>
      createRecorder({
        consent,
        definitions,
        decision,
        counters,
        context,
        warnings,
        gate,
        crashWatch,
        installation,
        reported,
        clock,
        standIns,
      }),
  });
  // It may crash before it records anything.
  if (settings.crash.captureUncaught && watch.current().switches.crashReporting.enabled) crashWatch.start();
  const installation = createInstallation({
    record: (event) => gate.recorder?.recordOwn(event),
    now: clock.monotonicNow,
  });
  const reported = { errors: createReportedErrors(), crashes: createReportedErrors() };
  const previewer = () => {
    const { recorder } = gate;
    const envelope = recorder?.envelope() ?? placeholderEnvelope(settings.distinctId, context());
    return { sanitizer: createPreviewSanitizer(consent, clock, recorder), envelope };
  };
  const onEnd = () => {
    crashWatch.stop();
    onShutdown();
  };
  const { monotonicNow } = clock;
  return new Client({
    consent,
    gate,
    counters,
    warnings,
    previewer,
    installation,
    monotonicNow,
    onShutdown: onEnd,
  });
}

/** What every event says of the machine, read once; another object when another part of it is held back. */
function createContext(
  { settings, coverage }: ConsentParts,
  openDoor: () => Sanitizer,
): () => SanitizedProperties {
  const facts = once(() => toEventContext(readSystemFacts(settings.isCi)));
  const sayUnder = whileSame<HeldFields | undefined, SanitizedProperties>(() =>
    openDoor().properties(facts(), 'common'),
  );
  return () => sayUnder(coverage.heldBack().common);
}

/** The same door without a counter. It uses the recorder's secrets where there is a recorder, and never makes any. */
function createPreviewSanitizer(
  { settings, watch, coverage }: ConsentParts,
  { now }: Clock,
  recorder: Recorder | undefined,
): Sanitizer {
  return createSanitizer({
    app: settings.app,
    now,
    heldBack: coverage.heldBack,
    hashes: recorder?.hashes ?? { installation: () => undefined, session: () => undefined },
    toolsOverPrivacy: () => watch.current().switches.toolsOverPrivacy.enabled,
    countDrop: () => {},
    reportMissingField: () => {},
  });
}

function placeholderEnvelope(scope: 'session' | 'installation', common: SanitizedProperties): Envelope {
  const distinctId = scope === 'session' ? SESSION_PLACEHOLDER : INSTALLATION_PLACEHOLDER;
  return { uuid: UUID_PLACEHOLDER, distinctId, timestampMs: 0, common };
}
