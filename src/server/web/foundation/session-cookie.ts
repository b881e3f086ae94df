import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Door } from './door.js';
import type { WebEnv } from './web-env.js';

/** @returns the id in the cookie, whether or not there is such a session */
export function readSessionId(context: Context, door: Door): string | undefined {
  return getCookie(context, nameOf(context, door));
}

export function writeSessionId(context: Context<WebEnv>, door: Door, id: string): void {
  setCookie(context, nameOf(context, door), id, optionsOf(door));
}

export function clearSessionId(context: Context<WebEnv>, door: Door): void {
  deleteCookie(context, nameOf(context, door), optionsOf(door));
}

const isSecure = ({ publicUrl }: Door) => publicUrl?.protocol === 'https:';

const optionsOf = (door: Door) =>
  ({ httpOnly: true, sameSite: 'Strict', path: door.cookiePath, secure: isSecure(door) }) as const;

/** Browsers keep one set of cookies for all ports of a machine, and several programs may serve their pages on one. */
function nameOf({ req }: Context, door: Door): string {
  const name = `sotto_${door.slot}`;
  if (isSecure(door)) return `${door.cookiePath === '/' ? '__Host-' : '__Secure-'}${name}`;
  const port = /:(\d{1,5})$/.exec(req.header('host') ?? '')?.[1];
  return port === undefined ? name : `${name}_${port}`;
}
