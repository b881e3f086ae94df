import type { Context, Hono } from 'hono';
import { problemOf, problemResponse, readWithin } from '../../http/index.js';
import { CONFIG_PATH } from '../../wire/index.js';
import { type Door, tokenOf, type WebEnv } from '../foundation/index.js';
import { askConfigService, type ConfigService } from '../upstream/index.js';

const PATH = '/api/config/me/org-settings';
const MAX_BODY_BYTES = 8_192;
const RETURNED = ['content-type', 'etag', 'retry-after', 'www-authenticate', 'allow'];

/**
 * `GET` and `PUT /api/config/me/org-settings`: the settings service, for programs with a token of their own and for scripts
 * of the page. Status and body are passed on as they came.
 */
export function addForwarding(app: Hono<WebEnv>, service: ConfigService, door: Door): void {
  const forward = async (context: Context<WebEnv>, method: 'GET' | 'PUT') => {
    const authorization = credentialsOf(context, door);
    if (authorization === undefined) return refuseUnknown();
    const { req } = context;
    const { status, headers, bytes } = await askConfigService(service, {
      path: `${CONFIG_PATH}/org-settings`,
      method,
      authorization,
      ...(method === 'PUT' && {
        contentType: req.header('content-type'),
        ifMatch: req.header('if-match'),
        body: new Uint8Array(await readWithin(req.raw, MAX_BODY_BYTES)),
      }),
    });
    const returned = [...headers].filter(([name]) => RETURNED.includes(name)) as [string, string][];
    return new Response(bytes.length === 0 ? null : bytes, { status, headers: returned });
  };
  app.get(PATH, (context) => forward(context, 'GET'));
  app.put(PATH, (context) => forward(context, 'PUT'));
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
