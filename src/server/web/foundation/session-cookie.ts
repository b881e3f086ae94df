import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { WebEnv, WebParts } from './web-env.js';

type Place = Pick<WebParts, 'publicUrl'>;

/** @returns the id in the cookie, whether or not there is such a session */
export function readSessionId(context: Context, place: Place): string | undefined {
  return getCookie(context, nameOf(context, place));
}

export function writeSessionId(context: Context<WebEnv>, place: Place, id: string): void {
  setCookie(context, nameOf(context, place), id, optionsOf(place));
}

export function clearSessionId(context: Context<WebEnv>, place: Place): void {
  deleteCookie(context, nameOf(context, place), optionsOf(place));
}

const isSecure = ({ publicUrl }: Place) => publicUrl?.protocol === 'https:';

const optionsOf = (place: Place) =>
  ({ httpOnly: true, sameSite: 'Strict', path: '/', secure: isSecure(place) }) as const;

/** Browsers keep one set of cookies for all ports of a machine, and several programs may serve their pages on one. */
function nameOf({ req }: Context, place: Place): string {
  if (isSecure(place)) return '__Host-sotto_session';
  const port = /:(\d{1,5})$/.exec(req.header('host') ?? '')?.[1];
  return port === undefined ? 'sotto_session' : `sotto_session_${port}`;
}
