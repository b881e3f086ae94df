import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { temporaryDirectory } from '../../../support/wiring.js';
import { type Answer, type Call, openLocalApi } from './support.js';

interface Operation {
  readonly security: readonly object[];
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>;
}

/** Checks a body against the schema that a document gives for an answer. */
function createChecker(document: {
  components: { schemas: object };
  paths: Record<string, Record<string, Operation>>;
}) {
  // References of the document are written for OpenAPI; JSON Schema calls their home $defs.
  const text = JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/');
  const $defs = JSON.parse(text);
  return (method: string, path: string, { status, headers, json }: Answer) => {
    const { responses } = document.paths[`/api/telemetry${path}`]![method.toLowerCase()]!;
    const response = responses[status] ?? responses.default;
    const type = headers['content-type'] ?? '';
    const schema = response?.content?.[type]?.schema;
    expect([method, path, status, type, schema === undefined]).toEqual([method, path, status, type, false]);
    const closed = JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/'));
    const checked = z.fromJSONSchema({ ...closed, $defs }).safeParse(json);
    expect([method, path, status, checked.error?.issues]).toEqual([method, path, status, undefined]);
  };
}

describe('GET /openapi.json', () => {
  it('describes every route, and what each of them answers', async () => {
    const folder = await temporaryDirectory();
    onTestFinished(() => folder[Symbol.asyncDispose]());
    const api = await openLocalApi({
      umbrellaFlag: true,
      configFile: `${folder.path}/acme.json`,
      version: '1.4.0',
      hooks: ['a_hook'],
    });
    const { status, json: document } = await api.call('/openapi.json');
    expect(status).toBe(200);
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.4.0' }, feature_flag: false });
    expect(document.components.securitySchemes).toEqual({
      token: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    });

    const routes = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, operations]) =>
        Object.entries(operations).map(([method, { security }]) => [method, path, security] as const),
    );
    const needsToken = [{ token: [] }];
    expect(routes.map(([method, path, security]) => [`${method} ${path}`, security]).sort()).toEqual(
      [
        ['get /api/telemetry/health', []],
        ...[
          'get /api/telemetry/settings',
          'post /api/telemetry/settings',
          'post /api/telemetry/opt_in',
          'get /api/telemetry/summary',
          'get /api/telemetry/changes',
          'post /api/telemetry/features',
          'post /api/telemetry/events',
          'get /api/telemetry/events',
          'get /api/telemetry/hooks',
          'get /api/telemetry/ledger',
          'get /api/telemetry/stream',
          'get /api/telemetry/counts',
          'get /api/telemetry/catalog',
          'get /api/telemetry/why',
          'get /api/telemetry/export',
          'get /api/telemetry/crashes',
          'get /api/telemetry/diagnostics',
          'delete /api/telemetry/data',
          'get /api/telemetry/preview',
          'get /api/telemetry/flags',
          'patch /api/telemetry/flags',
          'get /api/telemetry/openapi.json',
        ].map((route) => [route, needsToken]),
      ].sort(),
    );

    const check = createChecker(document);
    const calls: readonly (readonly [string, string, unknown?, Call['headers']?])[] = [
      ['GET', '/health'],
      ['GET', '/summary'],
      ['GET', '/flags'],
      ['PATCH', '/flags', { enable_observability: true, enable_crash_uploader: true }],
      ['PATCH', '/flags', { enable_observability: 1 }],
      ['GET', '/diagnostics'],
      ['POST', '/opt_in', { crash: true, diagnostics: true, dry_run: false }],
      ['POST', '/opt_in', { crash: 1 }],
      ['POST', '/features', { feature: 'toolkit.launch', variant: 'dark' }],
      ['POST', '/features', { feature: 'two words' }],
      ['POST', '/events', { event: 'a.b', payload: { n: 1, list: ['x', null] } }],
      ['POST', '/events', '{'],
      ['POST', '/events', 'x'.repeat(70_000)],
      ['POST', '/events', '{}', { 'content-type': 'text/plain' }],
      ['GET', '/events'],
      ['GET', '/hooks'],
      ['GET', '/ledger'],
      ['GET', '/counts'],
      ['GET', '/catalog'],
      ['GET', '/why'],
      ['GET', '/export'],
      ['GET', '/crashes'],
      ['GET', '/summary'],
      ['GET', '/preview'],
      ['GET', '/settings'],
      ['GET', '/settings', undefined, { authorization: '' }],
      ['GET', '/settings', undefined, { origin: 'https://evil.example' }],
      ['GET', '/openapi.json'],
      ['DELETE', '/data'],
      ['POST', '/settings', { telemetry_opt_in: false, purge: true }],
      ['POST', '/settings', { telemetry_opt_in: 'no' }],
      ['POST', '/features', { feature: 'toolkit.launch' }],
      ['GET', '/health'],
    ];
    api.telemetry.hook('a_hook', { n: 1 });
    for (const [method, path, body, headers = {}] of calls) {
      if (path === '/events' && method === 'GET') {
        api.telemetry.hook('a_hook', { n: 1 });
        api.telemetry.captureCrash(new Error('x'));
      }
      check(method, path, await api.call(path, { method, body, headers }));
    }
    const shown = await api.call('/preview?event=a.b');
    check('GET', '/preview', shown);
  });
});
