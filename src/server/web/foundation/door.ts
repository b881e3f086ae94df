import type { SessionSlot } from './sessions.js';

/** How somebody gets in to a page: with a token, of which the server keeps the session. */
export interface Door {
  readonly slot: SessionSlot;
  /** The address that people type, such as `/settings`; the form stands at `<path>/sign-in`, or at `/sign-in` for `/`. */
  readonly path: string;
  /** Where the page stands. Told to nobody who is not signed in. */
  readonly page: string;
  /** The session counts at these paths and below them, and nowhere else; signing out is below the first one. */
  readonly rooms: readonly [string, ...string[]];
  /** Browsers show the cookie at this path and below it. */
  readonly cookiePath: string;
  /** The address by which people reach the page, when it is not the one that this server sees. */
  readonly publicUrl?: URL | undefined;
  /** The heading of the form. */
  readonly title: string;
  /** What the token is called on the form, `Token` unless given. */
  readonly label?: string;
  /** Said where the token is not accepted: that it is unknown, expired or revoked, unless given. */
  readonly refusal?: string;
  /** One sentence on where the token comes from. */
  readonly hint: string;
  /** A shell command that makes a token, when there is one to show. */
  readonly command?: string;
  /** Ask who decides about the token. Never throws. */
  check(token: string): Promise<TokenCheck>;
}

export type TokenCheck = 'accepted' | 'refused' | 'unavailable';

/** The path of the form by which somebody gets in. */
export const signInPathOf = ({ path }: Pick<Door, 'path'>): string =>
  path === '/' ? '/sign-in' : `${path}/sign-in`;

/** Where a form of a page ends its session. */
export const signOutPathOf = ({ rooms: [room] }: Pick<Door, 'rooms'>): string => `${room}/sign-out`;

/** The door whose session counts at a path. */
export function doorOf(doors: readonly Door[], path: string): Door | undefined {
  const isWithin = (room: string) => path === room || path.startsWith(`${room}/`);
  return doors.find(({ rooms }) => rooms.some(isWithin));
}
