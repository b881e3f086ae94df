import { createConsentWatch, openConsentFile } from '../../consent/index.js';
import { randomId } from '../../internal/index.js';
import {
  createConfigFileSource,
  type Environment,
  readConfigFiles,
  resolveSettings,
} from '../../settings/index.js';
import type { SpoolNote } from '../../store/index.js';
import type { Recipient } from './send-backlog.js';

/**
 * Ask whether the events of a note may be sent, as the program that recorded them would: by its variables, which are
 * inherited, by the files it listened to, and by the person's answer. What is said in its code held when it recorded.
 *
 * @param directory - the state directory
 * @param environment - of this process
 */
export function createAsk(
  directory: string,
  { app, basis, command, epoch, places }: SpoolNote,
  environment: Environment,
): Recipient['ask'] {
  const settings = resolveSettings({ app, consent: basis }, environment, readConfigFiles(places));
  const { prefix, consentLayers: layers } = settings;
  const file = openConsentFile(directory, { basis, command }, { now: Date.now, randomId });
  const watch = createConsentWatch(
    { layers, basis, prefix, command, hasKey: true },
    [createConfigFileSource(places, settings), file],
    Date.now,
    () => file.epoch(),
  );
  return () => {
    const { mode, switches, epoch: present } = watch.refresh();
    if (mode !== 'on' || !switches.usageAnalytics.enabled) return 'not_now';
    return present === epoch ? 'yes' : 'never';
  };
}
