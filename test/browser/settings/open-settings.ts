import type { Browser, BrowserContextOptions } from 'playwright-core';
import { createWebApp } from '../../../src/server/web/index.js';
import { openPage, type WatchedPage } from '../support/chromium.js';
import { serveApp } from '../support/serve.js';
import { ADMIN, createSettingsService, type SettingsService } from './settings-service.js';

export interface OpenSettings extends WatchedPage, AsyncDisposable {
  readonly service: SettingsService;
  readonly url: string;
  /** Requests of the browser that may change something, but for signing in. */
  changes(): string[];
}

export interface OpenSettingsOptions extends BrowserContextOptions {
  readonly token?: string;
  /** Set the service up before the page is loaded for the first time. */
  readonly prepare?: (service: SettingsService) => void;
}

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
  const served = await serveApp(app);
  const watched = await openPage(browser, contextOptions);
  const { page, requests, context } = watched;
  await page.goto(`${served.url}/settings`);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Telemetry', exact: true }).waitFor();
  if (prepare !== undefined) {
    prepare(service);
    await page.goto(`${served.url}/settings`);
  }
  return {
    ...watched,
    service,
    url: served.url,
    changes: () => requests.filter((request) => !/^(?:GET|HEAD) |sign-in$/.test(request)),
    async [Symbol.asyncDispose]() {
      await context.close();
      await served[Symbol.asyncDispose]();
    },
  };
}
