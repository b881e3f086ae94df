import { describe, expect, it } from 'vitest';
import { openLocalApi } from './support.js';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly required?: boolean };
}

const METHODS = ['get', 'post', 'patch', 'delete'];

describe('what the document of the API says', () => {
  it('of parameters and bodies is what is taken: no query that it does not name, and no body where it needs none', async () => {
    const api = await openLocalApi({}, { maxRequestsPerSecond: 100_000 });
    const { json } = await api.call('/openapi.json');
    const operations = Object.entries(json.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, byMethod]) =>
        Object.entries(byMethod).map(([method, operation]) => ({
          path: path.slice('/api/telemetry'.length),
          method: method.toUpperCase(),
          operation,
        })),
    );
    expect(operations).toHaveLength(23);
    for (const { path, method, operation } of operations) {
      expect(METHODS).toContain(method.toLowerCase());
      const hasBody = operation.requestBody !== undefined;
      const body = hasBody ? {} : undefined;
      const { status, json: problem } = await api.call(`${path}?nobody=1`, { method, body });
      expect([method, path, status, problem.code]).toEqual([method, path, 422, 'REQUEST_UNPROCESSABLE']);
      // A stream goes on until its reader leaves.
      if (path === '/stream') continue;
      const bare = await api.call(path, { method });
      const isRefusedForBody = bare.status === 422;
      expect([method, path, isRefusedForBody]).toEqual([
        method,
        path,
        operation.requestBody?.required === true,
      ]);
    }
  });
});
