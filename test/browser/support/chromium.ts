import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium, with a profile of its own that is gone with it. */
export async function launchChromium(): Promise<Browser & AsyncDisposable> {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  return Object.assign(browser, { [Symbol.asyncDispose]: () => browser.close() });
}

/** A page with everything it complained about, and every host it asked. */
export interface WatchedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Messages of the console that are errors or speak of the content security policy, and errors that no script caught. */
  readonly complaints: string[];
  /** Every request, as `GET http://…`. */
  readonly requests: string[];
  /** Hosts other than `url`'s that anything was asked of. */
  foreignHosts(url: string): string[];
}

/** Open a browser without cookies. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    // An answer that is not 2xx is no mistake of the page.
    const isMistake = message.type() === 'error' && !text.startsWith('Failed to load resource');
    if (isMistake || /content.security.policy/i.test(text)) complaints.push(text);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  context.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  return {
    context,
    page,
    complaints,
    requests,
    foreignHosts: (url) => [
      ...new Set(
        requests
          .map((request) => new URL(request.slice(request.indexOf(' ') + 1)))
          .filter(({ protocol, host }) => /^(?:https?|wss?):$/.test(protocol) && host !== new URL(url).host)
          .map(({ host }) => host),
      ),
    ],
  };
}
