import {
  type Caller,
  CallerSchema,
  CONFIG_PATH,
  OrgSettingsSchema,
  type SettingsChange,
  SettingsChangesSchema,
} from '../../wire/index.js';
import { NextReportsSchema, SentReportsSchema } from '../../wire/reports/index.js';
import { type ConfigService, knownValue } from '../upstream/index.js';
import { askSettings } from './ask-settings.js';
import { type NextView, type SentView, toNextView, toSentView } from './report-view.js';
import { type SwitchState, toSwitchState } from './switch-state.js';

/** Everything the page shows, or undefined where it is not known. */
export interface SettingsView {
  readonly caller: Caller | undefined;
  readonly state: SwitchState;
  readonly next: NextView | undefined;
  readonly sent: readonly SentView[] | undefined;
  readonly changes: readonly SettingsChange[] | undefined;
}

/** @returns undefined when the service does not know the token */
export async function readSettingsView(
  service: ConfigService,
  token: string,
): Promise<SettingsView | undefined> {
  const [caller, settings, next, sent, changes] = await Promise.all([
    askSettings(service, token, CONFIG_PATH, CallerSchema),
    askSettings(service, token, `${CONFIG_PATH}/org-settings`, OrgSettingsSchema),
    askSettings(service, token, `${CONFIG_PATH}/reports/next`, NextReportsSchema),
    askSettings(service, token, `${CONFIG_PATH}/reports`, SentReportsSchema),
    askSettings(service, token, `${CONFIG_PATH}/org-settings/changes`, SettingsChangesSchema),
  ]);
  if ([caller, settings].some(({ status }) => status === 'refused')) return undefined;
  return {
    caller: knownValue(caller),
    state: toSwitchState(caller, settings),
    next: next.status === 'known' ? toNextView(next.value, next.raw) : undefined,
    sent: sent.status === 'known' ? toSentView(sent.value, sent.raw) : undefined,
    changes: knownValue(changes)?.changes,
  };
}
