import { createReportedErrors, watchUncaught } from '../crash/index.js';
import { toEventContext } from '../events/index.js';
import type { FlagDefinitions } from '../flags/index.js';
import {
  createSanitizer,
  type Envelope,
  type SanitizedProperties,
  type Sanitizer,
} from '../privacy/index.js';
import { Client } from './client.js';
import { createCounters } from './counters.js';
import { createCrashWatch } from './crash-watch.js';
import { createRecorder } from './create-recorder.js';
import { Gate } from './gate.js';
import { createInstallation } from './installation.js';
import { once } from './once.js';
import type { ConsentParts } from './open-consent.js';
import type { Recorder } from './recorder.js';
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
 */
export function createClient(
  consent: ConsentParts,
  definitions: FlagDefinitions | undefined,
  onShutdown: () => void,
): Client {
  const { settings, watch } = consent;
  const counters = createCounters();
  const warnings: (FieldWarning | PeerWarning)[] = [];
  const context = once(() =>
    createPreviewSanitizer(consent, undefined).properties(toEventContext(readSystemFacts(settings.isCi))),
  );
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
      }),
  });
  // It may crash before it records anything.
  if (settings.crash.captureUncaught && watch.current().switches.crashReporting.enabled) crashWatch.start();
  const installation = createInstallation({
    record: (event) => gate.recorder?.recordOwn(event),
    now: () => performance.now(),
  });
  const reported = { errors: createReportedErrors(), crashes: createReportedErrors() };
  const previewer = () => {
    const { recorder } = gate;
    const envelope = recorder?.envelope() ?? placeholderEnvelope(settings.distinctId, context());
    return { sanitizer: createPreviewSanitizer(consent, recorder), envelope };
  };
  const onEnd = () => {
    crashWatch.stop();
    onShutdown();
  };
  return new Client({ consent, gate, counters, warnings, previewer, installation, onShutdown: onEnd });
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

function placeholderEnvelope(scope: 'session' | 'installation', common: SanitizedProperties): Envelope {
  const distinctId = scope === 'session' ? SESSION_PLACEHOLDER : INSTALLATION_PLACEHOLDER;
  return { uuid: UUID_PLACEHOLDER, distinctId, timestampMs: 0, common };
}
