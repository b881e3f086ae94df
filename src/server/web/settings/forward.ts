import type { Context, Hono } from 'hono';
import { mediaTypeOf, problemOf, problemResponse, readWithin } from '../../http/index.js';
import { CONFIG_PATH } from '../../wire/index.js';
import { type Door, tokenOf, type WebEnv } from '../foundation/index.js';
import { askService, type ConfigService, type ServiceAnswer } from '../upstream/index.js';

const PATH = '/api/config/me/org-settings';
const MAX_BODY_BYTES = 8_192;
const RETURNED = ['content-type', 'etag', 'retry-after', 'www-authenticate', 'allow'];
const TYPES = ['application/json', 'application/problem+json'];
const WITHOUT_BODY = [204, 205, 304];

/**
 * `GET` and `PUT /api/config/me/org-settings`: the settings service, for programs with a token of their own and for scripts
 * of the page. Status and body are passed on as they came, when they are what the service answers with: JSON.
 */
export function addForwarding(app: Hono<WebEnv>, service: ConfigService, door: Door): void {
  const forward = async (context: Context<WebEnv>, method: 'GET' | 'PUT') => {
    const authorization = credentialsOf(context, door);
    if (authorization === undefined) return refuseUnknown();
    const { req } = context;
    const answer = await askService(service, {
      path: `${CONFIG_PATH}/org-settings`,
      method,
      authorization,
      ...(method === 'PUT' && {
        contentType: req.header('content-type'),
        ifMatch: req.header('if-match'),
        body: new Uint8Array(await readWithin(req.raw, MAX_BODY_BYTES)),
      }),
    });
    if (!isOfService(answer)) return refuseStrange();
    const { status, headers, bytes } = answer;
    const returned = [...headers].filter(([name]) => RETURNED.includes(name)) as [string, string][];
    return new Response(bytes, { status, headers: returned });
  };
  app.get(PATH, (context) => forward(context, 'GET'));
  app.put(PATH, (context) => forward(context, 'PUT'));
}

/** A proxy between, or another program at the address, answers with pages and texts that may tell of its network. */
function isOfService({ status, headers }: ServiceAnswer): boolean {
  const type = mediaTypeOf(headers.get('content-type')) ?? '';
  return status >= 200 && status < 600 && !WITHOUT_BODY.includes(status) && TYPES.includes(type);
}

function refuseStrange(): Response {
  const detail = 'The settings service did not answer as described. Try again in a moment.';
  return problemResponse(problemOf('UPSTREAM_UNAVAILABLE', detail));
}

/** A token in the request counts alone: a session beside it is not looked at, whether or not the token is valid. */
function credentialsOf(context: Context<WebEnv>, door: Door): string | undefined {
  const given = context.req.header('authorization');
  const token = tokenOf(context, door);
  return given ?? (token === undefined ? undefined : `Bearer ${token}`);
}

function refuseUnknown(): Response {
  const detail = 'This needs the header "Authorization: Bearer <token>", or a session of the settings page.';
  return problemResponse(problemOf('REQUEST_UNAUTHORIZED', detail), { 'www-authenticate': 'Bearer' });
}
