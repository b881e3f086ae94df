import { type ConsentWatch, createConsentWatch, openConsentFile } from '../../consent/index.js';
import { randomId } from '../../internal/index.js';
import {
  createConfigFileSource,
  readConfigFiles,
  readEnvironment,
  resolveSettings,
  type Settings,
  type TelemetryOptions,
} from '../../settings/index.js';
import type { SpoolNote } from '../../store/index.js';
import type { Recipient } from './recipient.js';

/**
 * Ask whether the events of a note may be sent, as the program that recorded them would: by its variables, which are
 * inherited, by the files it listened to, and by the person's answer. What is said in its code held when it recorded.
 *
 * @param directory - the state directory
 * @returns `never` once the consent they were recorded under is over, as a whole or in a part that they need; `not_now` while
 *   something else says no
 */
export function createAsk(directory: string, note: SpoolNote): Recipient['ask'] {
  const settings = resolveFor(note);
  if (!settings) return () => 'not_now';
  const watch = watchConsent(directory, note, settings);
  return () => {
    const { mode, switches, epoch } = watch.refresh();
    if (mode !== 'on') return 'not_now';
    const isOver = epoch !== note.epoch || note.needs.some((part) => !switches[part].enabled);
    return isOver || (note.toolsOverPrivacy && !switches.toolsOverPrivacy.enabled) ? 'never' : 'yes';
  };
}

/** Undefined where they could not be sent to that host today. */
function resolveFor(note: SpoolNote): Settings | undefined {
  const { app, basis, toolsOverPrivacy, places, umbrellaFlag, workingDirectory } = note;
  // Only in a service is the second yes one of code, which nobody else can know.
  const inCode = basis === 'given' && toolsOverPrivacy ? { toolsOverPrivacy } : {};
  const options = { app, consent: basis, umbrellaFlag, ...destinationOf(note), ...inCode };
  try {
    return resolveSettings(options, readEnvironment(workingDirectory), readConfigFiles(places));
  } catch {
    return undefined;
  }
}

function destinationOf(note: SpoolNote): Pick<TelemetryOptions, 'posthog' | 'otlp'> {
  const { host, allowsHttp: allowHttp } = note;
  if (note.sink === 'posthog') return { posthog: { key: note.key, host, allowHttp } };
  const { protocol, headers } = note;
  return { posthog: { allowHttp }, otlp: { endpoint: host, protocol, headers } };
}

function watchConsent(
  directory: string,
  { basis, command, places }: SpoolNote,
  settings: Settings,
): ConsentWatch {
  const { prefix, consentLayers: layers } = settings;
  const file = openConsentFile(directory, { basis, command }, { now: Date.now, randomId });
  return createConsentWatch(
    { layers, basis, prefix, command, hasKey: true },
    [createConfigFileSource(places, settings), file],
    Date.now,
    () => file.epoch(),
  );
}
