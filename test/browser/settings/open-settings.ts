import type { Browser, BrowserContextOptions } from 'playwright-core';
import { createWebApp } from '../../../src/server/web/index.js';
import { openSignedIn, type SignedIn, type SignInForm } from '../support/open-signed-in.js';
import { ADMIN, createSettingsService, type SettingsService } from './settings-service.js';

export interface OpenSettings extends SignedIn {
  readonly service: SettingsService;
  /** Requests of the browser that may change something, but for signing in. */
  changes(): string[];
}

export interface OpenSettingsOptions extends BrowserContextOptions {
  readonly token?: string;
  /** Set the service up before the page is loaded for the first time. */
  readonly prepare?: (service: SettingsService) => void;
}

/** How somebody gets in to the settings page. */
export const toSettingsForm = (token: string): SignInForm => ({
  path: '/settings',
  label: 'Token',
  token,
  heading: 'Telemetry',
});

/** A settings page on a server of its own, in a browser that is signed in by the form. */
export async function openSettings(
  browser: Browser,
  { token = ADMIN, prepare, ...contextOptions }: OpenSettingsOptions = {},
): Promise<OpenSettings> {
  const service = createSettingsService();
  const { app } = createWebApp({
    configService: async (request) => service.app.fetch(request),
    schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
  });
  const opened = await openSignedIn(browser, app, toSettingsForm(token), {
    ...contextOptions,
    prepare: prepare && (() => prepare(service)),
  });
  const { requests } = opened;
  return {
    ...opened,
    service,
    changes: () => requests.filter((request) => !/^(?:GET|HEAD) |sign-in$/.test(request)),
  };
}
