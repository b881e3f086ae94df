import type { Context } from 'hono';
import { CallerSchema, CONFIG_PATH } from '../../wire/index.js';
import type { ReportSchedule } from '../../wire/reports/index.js';
import {
  answerPage,
  answerTokenRefused,
  behindDoor,
  type Door,
  type WebEnv,
  type WebPage,
  type WebParts,
} from '../foundation/index.js';
import { type ConfigService, toTokenCheck } from '../upstream/index.js';
import { askSettings } from './ask-settings.js';
import { addForwarding } from './forward.js';
import { toNotice } from './notice.js';
import { readSettingsView } from './read-settings-view.js';
import { saveChange } from './save-change.js';
import { SettingsPage } from './settings-page.js';

export interface SettingsPageOptions {
  readonly configService: ConfigService;
  readonly schedule: ReportSchedule;
  /** The address by which people reach the page, when it is not the one that this server sees. */
  readonly publicUrl?: URL;
}

/** The page `/settings` of an organisation, and the settings service as the browser reaches it. */
export function createSettingsPage({ configService, schedule, publicUrl }: SettingsPageOptions): WebPage {
  const door: Door = {
    slot: 'settings',
    path: '/settings',
    page: '/settings',
    rooms: ['/settings', '/api/config'],
    cookiePath: '/',
    publicUrl,
    title: 'Settings of your organisation',
    hint: 'A token of your team. The operator of this installation makes it with:',
    command: 'sotto org token create --org <id> --scope admin',
    async check(token) {
      return toTokenCheck(await askSettings(configService, token, CONFIG_PATH, CallerSchema));
    },
  };

  const answer = async (context: Context<WebEnv>, parts: WebParts, token: string, failedStatus?: number) => {
    const view = await readSettingsView(configService, token);
    if (view === undefined) return answerTokenRefused(context, parts, door);
    const by = 'changed' in view.state ? view.state.changed?.by : undefined;
    const notice = failedStatus === undefined ? undefined : toNotice(failedStatus, by);
    const status = view.state.kind === 'unknown' ? 502 : (failedStatus ?? 200);
    return answerPage(
      context,
      <SettingsPage context={context} parts={parts} schedule={schedule} view={view} notice={notice} />,
      status,
    );
  };

  return {
    door,
    tab: { href: '/settings', label: 'Settings' },
    add(app, parts) {
      app.get(
        '/settings',
        behindDoor(parts, door, (context, token) => answer(context, parts, token)),
      );
      // The switch where no script runs.
      app.post(
        '/settings/telemetry',
        behindDoor(parts, door, async (context, token) => {
          const status = await saveChange(configService, token, context.var.form);
          if (status === 200) return context.redirect('/settings', 303);
          return answer(context, parts, token, status);
        }),
      );
      addForwarding(app, configService, door);
    },
  };
}
