import type { Browser, BrowserContextOptions } from 'playwright-core';
import { createWebApp } from '../../../src/server/web/index.js';
import { openSignedIn, type SignedIn } from '../support/open-signed-in.js';
import { createVendorService, KEY, NOW_MS, type VendorService } from './vendor-service.js';

export interface OpenDashboard extends SignedIn {
  readonly service: VendorService;
}

export interface OpenDashboardOptions extends BrowserContextOptions {
  /** Set the service up before the page is loaded for the first time. */
  readonly prepare?: (service: VendorService) => void;
}

const FORM = {
  path: '/vendor',
  label: 'Key for reading',
  token: KEY,
  heading: 'What customers have reported',
};

/** A dashboard on a server of its own, in a browser that is signed in by the form. */
export async function openDashboard(
  browser: Browser,
  { prepare, ...contextOptions }: OpenDashboardOptions = {},
): Promise<OpenDashboard> {
  const service = createVendorService();
  const { app } = createWebApp({
    vendorService: (request) => service.app.fetch(request),
    schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
    now: () => NOW_MS,
  });
  const opened = await openSignedIn(browser, app, FORM, {
    ...contextOptions,
    prepare: prepare && (() => prepare(service)),
  });
  return { ...opened, service };
}
