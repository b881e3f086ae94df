import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { CreateTelemetryOptions, FlagDeclarations } from 'sotto';
import { createLocalApi } from '../../../src/server/local-api/index.js';
import { createWebApp } from '../../../src/server/web/index.js';
import { openLocalApiToken } from '../../../src/store/index.js';
import { openWiring, type Wiring } from '../../support/wiring.js';
import { openPage, type WatchedPage } from '../support/chromium.js';
import { serveApp } from '../support/serve.js';

export interface PersonOnPage extends WatchedPage, AsyncDisposable {
  /** The server, such as `http://127.0.0.1:1234`. */
  readonly url: string;
  /** Where the page stands, for a browser that is signed in; the start of the server otherwise. */
  readonly home: string;
  readonly wiring: Wiring<FlagDeclarations>;
  readonly token: string;
  /** What the local API answers instead, by method and path below `/api/telemetry`. */
  readonly instead: Map<string, () => Response | Promise<Response>>;
  /** Every call to the local API, as `POST /settings`. */
  readonly calls: string[];
}

export interface PersonScene extends BrowserContextOptions {
  readonly options?: Partial<CreateTelemetryOptions>;
  /** Done before the page is opened. */
  readonly prepare?: (wiring: Wiring<FlagDeclarations>) => void | Promise<void>;
  readonly isSignedIn?: boolean;
}

const BASE_PATH = '/api/telemetry';

/** A real client of an app, its local API, and its person's page in a browser that is signed in. */
export async function openPerson(
  browser: Browser,
  { options = {}, prepare, isSignedIn = true, ...context }: PersonScene = {},
): Promise<PersonOnPage> {
  const wiring = (await openWiring(options as never)) as Wiring<FlagDeclarations>;
  const end = new AbortController();
  const api = createLocalApi(wiring.telemetry, {
    basePath: BASE_PATH,
    signal: end.signal,
    maxRequestsPerSecond: 10_000,
  });
  const token = openLocalApiToken(wiring.directory);
  const instead: PersonOnPage['instead'] = new Map();
  const calls: string[] = [];
  const localApi = (request: Request) => {
    const path = new URL(request.url).pathname.slice(BASE_PATH.length);
    const call = `${request.method} ${path}`;
    calls.push(call);
    const answer = instead.get(call) ?? instead.get('*');
    return answer ? answer() : api.fetch(request);
  };
  const web = createWebApp({
    person: { app: options.app ?? 'acme', basePath: BASE_PATH, localApi },
    schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
  });
  const served = await serveApp(web.app);
  await prepare?.(wiring);
  const watched = await openPage(browser, context);
  const { page } = watched;
  if (isSignedIn) {
    await page.goto(`${served.url}${web.createSignInPath?.(token)}`);
    await page.waitForURL(/\/p\/[\w-]{24}\/$/);
    await page.locator('#state-title').waitFor();
  }
  return {
    ...watched,
    url: served.url,
    home: isSignedIn ? page.url() : `${served.url}/`,
    wiring,
    token,
    instead,
    calls,
    async [Symbol.asyncDispose]() {
      await watched.context.close();
      end.abort();
      await served[Symbol.asyncDispose]();
      await wiring[Symbol.asyncDispose]();
    },
  };
}
