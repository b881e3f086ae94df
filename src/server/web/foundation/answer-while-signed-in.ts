import type { Context } from 'hono';
import { mediaTypeOf } from '../../http/index.js';
import type { Door } from './door.js';
import { readSessionId } from './session-cookie.js';
import { type BrokenOff, streamWhile } from './stream-while.js';
import type { WebEnv, WebParts } from './web-env.js';

const EVENTS = 'text/event-stream';

/**
 * What the service behind a door answered, for as long as the session that asked goes on. An answer that is not through by then fails.
 *
 * @param returned - names of the headers that are handed on, in lower case
 */
export function answerWhileSignedIn(
  context: Context<WebEnv>,
  parts: WebParts,
  door: Door,
  { status, headers, body }: Response,
  returned: readonly string[],
): Response {
  const id = readSessionId(context, door);
  const isSignedIn = () => id !== undefined && parts.sessions.find(door.slot, id) !== undefined;
  const handedOn = [...headers].filter(([name]) => returned.includes(name)) as [string, string][];
  // Events come for as long as somebody listens: none of them is missing.
  const brokenOff: BrokenOff = mediaTypeOf(headers.get('content-type')) === EVENTS ? 'ends' : 'fails';
  return new Response(body && streamWhile(body, isSignedIn, brokenOff), { status, headers: handedOn });
}
