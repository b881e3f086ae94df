import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { CreateTelemetryOptions, FlagDeclarations } from 'sotto';
import { type LocalApiServerOptions, startLocalApiServer } from 'sotto/server';
import { onTestFinished } from 'vitest';
import { openLocalApiToken } from '../../../../src/store/index.js';
import { openWiring, type Wiring } from '../../../support/wiring.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** Of a body that is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what came, whatever it is.
  readonly json: any;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** A value is sent as JSON, text and bytes as they are. */
  readonly body?: unknown;
}

/** A request as a program may make it, with headers that `fetch` would not send. */
export function callServer(url: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> {
  const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const content = Buffer.from(isRaw ? (body ?? '') : JSON.stringify(body));
  const hasLength = body !== undefined && headers['transfer-encoding'] === undefined;
  const length = hasLength ? { 'content-length': String(content.length) } : {};
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { method, headers: { ...length, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const isJson = /json/.test(response.headers['content-type'] ?? '') && bytes.length > 0;
          const json = isJson ? JSON.parse(bytes.toString()) : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, json });
        });
      },
    );
    request.on('error', reject);
    if (content.length > 0) request.write(content);
    request.end();
  });
}

export interface LocalApi extends Wiring<FlagDeclarations> {
  /** Of the API, such as `http://127.0.0.1:4711/api/telemetry`. */
  readonly url: string;
  readonly token: string;
  /** A call with the token, and with the content type where there is a body. */
  call(path: string, call?: Call): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
}

/**
 * A real client, and its local API on a real socket. The person has not decided anything, unless `options` say otherwise.
 * `store.directory` is for a second client of the same state.
 */
export async function openLocalApi(
  options: Partial<CreateTelemetryOptions> = {},
  serverOptions: LocalApiServerOptions = {},
): Promise<LocalApi> {
  const wiring = (await openWiring(options as never)) as Wiring<FlagDeclarations>;
  const server = await startLocalApiServer(wiring.telemetry, { port: 0, ...serverOptions });
  onTestFinished(async () => {
    await server.close();
    await wiring[Symbol.asyncDispose]();
  });
  const directory = options.store?.directory ?? wiring.directory;
  const token = openLocalApiToken(directory);
  const url = `${server.url}${serverOptions.basePath ?? '/api/telemetry'}`;
  const call = (path: string, { headers, ...rest }: Call = {}) => {
    const type = rest.body === undefined ? {} : { 'content-type': 'application/json' };
    return callServer(url + path, {
      ...rest,
      headers: { authorization: `Bearer ${token}`, ...type, ...headers },
    });
  };
  const post = (path: string, body?: unknown) => call(path, { method: 'POST', body });
  return { ...wiring, directory, url, token, call, post };
}
