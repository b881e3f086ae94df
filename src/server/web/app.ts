import { Hono } from 'hono';
import { ConfigError } from '../../internal/index.js';
import { createDashboardPage } from './dashboard/index.js';
import { addSignInPaths, createWebParts, installFoundation, type WebEnv } from './foundation/index.js';
import { createPersonPage, type PersonOptions } from './person/index.js';
import { createSettingsPage, type ReportSchedule } from './settings/index.js';
import type { ConfigService, Service } from './upstream/index.js';

export interface WebOptions {
  /** Answers requests to the settings service; without it there is no settings page. */
  readonly configService?: ConfigService;
  /** The page of the person on whose machine this runs; without it there is none. */
  readonly person?: PersonOptions;
  /** Answers what the vendor's dashboard asks, at paths of `DASHBOARD_PATH`; without it there is no dashboard. */
  readonly vendorService?: Service;
  /** When reports are sent, as the settings page tells it. */
  readonly schedule: ReportSchedule;
  /** The address by which people reach the pages, such as `https://sotto.example.com`, when it is not the server's own. Not of a person's page. */
  readonly publicUrl?: string;
  /** Told of the errors behind a 500; nothing is logged without it. */
  readonly onFailure?: (error: unknown) => void;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

export interface WebApp {
  readonly app: Hono<WebEnv>;
  /** With a person's page: a path that opens it without the form, once and within a minute. */
  readonly createSignInPath?: (token: string) => string;
}

/**
 * The pages of `sotto serve`, for the browser:
 *
 * - `/settings`: an organisation's switch, what is sent and when, and what was; with a settings service
 * - `/vendor`: what a vendor has received of its customers; with a vendor service
 * - `/`: the way to what a tool on this machine records and sends, at a path that nobody can guess; with a person. Leads to
 *   the first of the other pages otherwise
 * - `GET` and `PUT /api/config/me/org-settings`: the settings service, as it answers
 *
 * Who is signed in is kept in memory and is gone when the process ends. Nothing is loaded from another host.
 *
 * @throws {ConfigError} `OPTION_INVALID` if `publicUrl` is no http or https URL
 */
export function createWebApp(options: WebOptions): WebApp {
  const { configService, vendorService, person, onFailure = () => {}, now = Date.now } = options;
  const publicUrl = options.publicUrl === undefined ? {} : { publicUrl: parsePublicUrl(options.publicUrl) };
  const personPage = person && createPersonPage(person);
  const settingsPage =
    configService && createSettingsPage({ configService, schedule: options.schedule, ...publicUrl });
  const dashboardPage = vendorService && createDashboardPage({ vendorService, ...publicUrl });
  const pages = [personPage, settingsPage, dashboardPage].filter((page) => page !== undefined);

  const parts = createWebParts({
    tabs: pages.map(({ tab }) => tab),
    onFailure,
    now,
  });
  const app = new Hono<WebEnv>();
  installFoundation(
    app,
    parts,
    pages.map(({ door }) => door),
  );
  for (const page of pages) page.add(app, parts);
  if (personPage === undefined) {
    const start = pages[0]?.door.path ?? '/settings';
    app.get('/', (context) => context.redirect(start, 302));
    return { app };
  }
  return { app, createSignInPath: addSignInPaths(app, parts, personPage.door) };
}

function parsePublicUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  throw new ConfigError(
    'OPTION_INVALID',
    'publicUrl must be an http or https URL, such as https://sotto.example.com.',
  );
}
