import type { Hono } from 'hono';
import type { Assets } from './assets.js';
import type { Session, SessionSlot, Sessions } from './sessions.js';

/** What the middleware of the foundation leaves for the routes of a page. */
export interface WebEnv {
  Variables: {
    /** Of this answer alone; every script and stylesheet carries it. */
    nonce: string;
    /** Of whoever is signed in, as far as anybody is. */
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

/** How somebody gets in to a page: with a token, of which the server keeps the session. */
export interface Door {
  readonly slot: SessionSlot;
  /** Where the page stands, such as `/settings`; its form stands at `<path>/sign-in`, or at `/sign-in` for `/`. */
  readonly path: string;
  /** The heading of the form. */
  readonly title: string;
  /** One sentence on where the token comes from. */
  readonly hint: string;
  /** A shell command that makes a token, when there is one to show. */
  readonly command?: string;
  /** Ask who decides about the token. Never throws. */
  check(token: string): Promise<TokenCheck>;
}

export type TokenCheck = 'accepted' | 'refused' | 'unavailable';

/** What the pages of one web app share. */
export interface WebParts {
  readonly assets: Assets;
  readonly sessions: Sessions;
  readonly tabs: readonly Tab[];
  /** The address by which people reach the pages, when it is known. */
  readonly publicUrl: URL | undefined;
  /** Told of the errors behind a 500. */
  readonly onFailure: (error: unknown) => void;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** The path of the form by which somebody gets in. */
export const signInPathOf = ({ path }: Pick<Door, 'path'>): string =>
  path === '/' ? '/sign-in' : `${path}/sign-in`;

/** A page with everything below it, as the web app puts it in. */
export interface WebPage {
  readonly door: Door;
  readonly tab: Tab;
  /** Called once, after the foundation is installed. */
  add(app: Hono<WebEnv>, parts: WebParts): void;
}
