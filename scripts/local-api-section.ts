import { getTelemetryClient } from '../src/index.js';
import { createLocalApi } from '../src/server/index.js';
import { code, table } from './markdown.js';

const METHODS = ['get', 'post', 'patch', 'delete'] as const;

/** The routes of the local API, as its own document has them. */
export function localApiSection(): string {
  const api = createLocalApi(getTelemetryClient('docs'));
  const { paths = {} } = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'docs', version: '0' },
  });
  const rows = Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations?.[method];
      return operation ? [[code(`${method.toUpperCase()} ${path}`), operation.summary ?? '']] : [];
    }),
  );
  return table(['route', 'what it does'], rows);
}
