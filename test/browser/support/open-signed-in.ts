import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openPage, type WatchedPage } from './chromium.js';
import { serveApp } from './serve.js';

/** A form by which somebody gets in to a page. */
export interface SignInForm {
  /** Where the page is, which leads to the form. */
  readonly path: string;
  /** Of the field. */
  readonly label: string;
  readonly token: string;
  /** Of the page behind it. */
  readonly heading: string;
}

export interface OpenSignedInOptions extends BrowserContextOptions {
  /** Done once somebody is signed in; the page is loaded anew after it. */
  readonly prepare?: (() => void) | undefined;
}

export interface SignedIn extends WatchedPage, AsyncDisposable {
  /** Of the server. */
  readonly url: string;
}

/** An app on a server of its own, and a browser that is signed in to a page of it by the form. */
export async function openSignedIn(
  browser: Browser,
  app: Parameters<typeof serveApp>[0],
  form: SignInForm,
  { prepare, ...contextOptions }: OpenSignedInOptions = {},
): Promise<SignedIn> {
  const served = await serveApp(app);
  const watched = await openPage(browser, contextOptions);
  const { page, context } = watched;
  await signIn(page, served.url, form);
  if (prepare !== undefined) {
    prepare();
    await page.goto(`${served.url}${form.path}`);
  }
  return {
    ...watched,
    url: served.url,
    async [Symbol.asyncDispose]() {
      await context.close();
      await served[Symbol.asyncDispose]();
    },
  };
}

/** Get in by the form, and wait for the page behind it, with its scripts. */
export async function signIn(
  page: Page,
  url: string,
  { path, label, token, heading }: SignInForm,
): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByLabel(label).fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  // Its scripts come after its text.
  await page.waitForLoadState();
}
