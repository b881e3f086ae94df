import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { type Decoded, decodeRequest, itemsOf } from '../unit/delivery/otlp/definitions.js';

export interface OtlpRequest {
  readonly signal: 'logs' | 'traces' | 'metrics';
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** As it was before it was compressed. */
  readonly body: Buffer;
  readonly decoded: Decoded;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const ACCEPTED: Reply = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };

/** An OTLP receiver: it keeps what it is sent, decoded by OpenTelemetry's definitions, and answers as told. */
export interface OtlpReceiver extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly OtlpRequest[];
  /** Answer the next requests for a signal so, one each; all of a signal without a reply are accepted. */
  script(signal: OtlpRequest['signal'], ...replies: readonly Reply[]): void;
  /** Every id that was received, of log records and spans, in the order of arrival. */
  readonly received: readonly string[];
}

export async function startOtlpReceiver(prefix = ''): Promise<OtlpReceiver> {
  const requests: OtlpRequest[] = [];
  const scripted = new Map<string, Reply[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      const packed = Buffer.concat(chunks);
      const body = headers['content-encoding'] === 'gzip' ? gunzipSync(packed) : packed;
      const signal = url.slice(`${prefix}/v1/`.length) as OtlpRequest['signal'];
      const isJson = headers['content-type'] === 'application/json';
      const decoded = decodeRequest(signal, isJson ? body.toString() : body);
      requests.push({ signal, url, headers, body, decoded });
      const reply = scripted.get(signal)?.shift() ?? ACCEPTED;
      response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    requests,
    script: (signal, ...replies) => void scripted.set(signal, [...replies]),
    get received() {
      return requests.flatMap(({ decoded }) =>
        itemsOf(decoded).map((item) => String(item.eventName ?? item.name)),
      );
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
