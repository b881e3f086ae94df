import type { HonoRequest, MiddlewareHandler } from 'hono';
import { parseTree } from 'jsonc-parser';
import { TelemetryError } from '../../../internal/index.js';
import { assertSize, mediaTypeOf, parseJson, readWithin } from '../../http/index.js';
import { hasTwinKeys } from '../json-twins.js';
import { hasModestShape, SHAPE_RULE } from './json-shape.js';

/** All that the routes look at. */
const JSON_HEADERS = { 'content-type': 'application/json' };
const WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Takes in a body before anything else looks at it: JSON in UTF-8, small and not nested deeply. No body counts as `{}`.
 *
 * @throws {TelemetryError} `REQUEST_TOO_LARGE`, `REQUEST_UNSUPPORTED`, `REQUEST_INVALID` or `REQUEST_UNPROCESSABLE`
 */
export function takeJsonBody(maxBodyBytes: number): MiddlewareHandler {
  return async ({ req }, next) => {
    if (WITH_BODY.includes(req.method)) {
      const bytes = await takeBody(req, maxBodyBytes);
      if (bytes.length > 0) assertJson(bytes, req);
      const body = bytes.length > 0 ? bytes : '{}';
      req.raw = new Request(req.url, { method: req.method, headers: JSON_HEADERS, body });
      req.bodyCache = {};
    }
    await next();
  };
}

/** From where a middleware of the host has left it, if one has read it before. */
async function takeBody(req: HonoRequest, maxBodyBytes: number): Promise<Uint8Array> {
  if (!req.raw.bodyUsed) return readWithin(req.raw, maxBodyBytes);
  const bytes = new Uint8Array(await req.arrayBuffer().catch(() => refuseTaken()));
  assertSize(bytes.length, maxBodyBytes);
  return bytes;
}

function refuseTaken(): never {
  throw new TelemetryError(
    'REQUEST_INVALID',
    'The body cannot be read: another part of this program has read it, and has not kept it.',
  );
}

function assertJson(bytes: Uint8Array, req: HonoRequest): void {
  const type = mediaTypeOf(req.header('content-type'));
  const encoding = req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (type !== 'application/json' || encoding !== 'identity')
    throw new TelemetryError('REQUEST_UNSUPPORTED', 'A body must be application/json, uncompressed.');
  if (!hasModestShape(parseJson(bytes)))
    throw new TelemetryError('REQUEST_UNPROCESSABLE', `The body may have ${SHAPE_RULE}.`);
  // A yes and a no under one key are no answer.
  const root = parseTree(new TextDecoder().decode(bytes));
  if (root?.type === 'object' && hasTwinKeys(root))
    throw new TelemetryError('REQUEST_UNPROCESSABLE', 'The body says something twice.');
}
