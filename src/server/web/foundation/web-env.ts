import type { Hono } from 'hono';
import type { Assets } from './assets.js';
import type { Door } from './door.js';
import type { Session, Sessions } from './sessions.js';

/** What the middleware of the foundation leaves for the routes of a page. */
export interface WebEnv {
  Variables: {
    /** Of this answer alone; every script and stylesheet carries it. */
    nonce: string;
    /** Whose session counts at this path. */
    door: Door | undefined;
    /** Of whoever is signed in there, as far as anybody is. */
    session: Session | undefined;
    /** The fields of a posted form, once its origin and its token have been checked; empty for other requests. */
    form: URLSearchParams;
  };
}

/** A page that has a place in the head of all pages. */
export interface Tab {
  readonly href: string;
  readonly label: string;
}

/** What the pages of one web app share. */
export interface WebParts {
  readonly assets: Assets;
  readonly sessions: Sessions;
  readonly tabs: readonly Tab[];
  /** Told of the errors behind a 500. */
  readonly onFailure: (error: unknown) => void;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** A page with everything below it, as the web app puts it in. */
export interface WebPage {
  readonly door: Door;
  readonly tab: Tab;
  /** Called once, after the foundation is installed. */
  add(app: Hono<WebEnv>, parts: WebParts): void;
}
