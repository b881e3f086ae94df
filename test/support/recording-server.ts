import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A request as its bytes arrived. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The body's text, unpacked if it was compressed. */
  readonly text: string;
  /** By the clock of `performance.now()`. */
  readonly arrivedAtMs: number;
}

export interface Batch {
  readonly api_key: string;
  readonly batch: readonly WireMessage[];
}

export interface WireMessage {
  readonly event: string;
  readonly distinct_id: string;
  readonly uuid: string;
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type Answer = (response: ServerResponse, request: RecordedRequest) => void;

const accept: Answer = (response) => response.writeHead(200).end('{"status":1}');

/** A real HTTP server that keeps every byte it is sent and answers as told; `accept` unless told otherwise. */
export class RecordingServer implements AsyncDisposable {
  readonly requests: RecordedRequest[] = [];
  readonly url: string;
  readonly #close: () => Promise<void>;
  readonly #sockets: ReadonlySet<Socket>;
  readonly #scripted: Answer[] = [];
  #arrivals: (() => void)[] = [];
  /** How requests are answered once the scripted answers are used up. */
  answer: Answer = accept;
  /** The answer to `/flags/`. */
  flags: Answer = (response) => response.writeHead(200).end('{"flags":{}}');

  private constructor(url: string, sockets: ReadonlySet<Socket>, close: () => Promise<void>) {
    this.url = url;
    this.#sockets = sockets;
    this.#close = close;
  }

  /** @param port - a free one unless given */
  static async start(port = 0): Promise<RecordingServer> {
    let self: RecordingServer | undefined;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
        const { method = '', url = '', headers } = request;
        self?.receive({ method, url, headers, text, arrivedAtMs: performance.now() }, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address() as AddressInfo;
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    self = new RecordingServer(`http://127.0.0.1:${address.port}`, sockets, async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    });
    return self;
  }

  /** Answer the next requests to `/batch/` so, one each. */
  script(...answers: readonly Answer[]): void {
    this.#scripted.push(...answers);
  }

  get batches(): readonly Batch[] {
    return this.requests
      .filter(({ url }) => url.startsWith('/batch'))
      .map(({ text }) => JSON.parse(text) as Batch);
  }

  get messages(): readonly WireMessage[] {
    return this.batches.flatMap(({ batch }) => batch);
  }

  /** Everything that was ever sent here, as one text to search in. */
  get everything(): string {
    return this.requests.map((request) => JSON.stringify(request)).join('\n');
  }

  /** Resolves when so many requests to `/batch/` have arrived. */
  async batchesArrived(count: number): Promise<void> {
    while (this.batches.length < count) await new Promise<void>((resolve) => this.#arrivals.push(resolve));
  }

  /** Resolves when all that was sent here before has arrived, also by clients that have given up, and their connections are closed. */
  async drained(): Promise<void> {
    // Connections are accepted in turn: behind this one, none of before is still to come.
    await (await fetch(`${this.url}/flags/`, { headers: { connection: 'close' } })).text();
    await Promise.all(
      [...this.#sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    );
  }

  receive(request: RecordedRequest, response: ServerResponse): void {
    this.requests.push(request);
    for (const arrived of this.#arrivals.splice(0)) arrived();
    if (request.url.startsWith('/flags')) this.flags(response, request);
    else (this.#scripted.shift() ?? this.answer)(response, request);
  }

  close(): Promise<void> {
    return this.#close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}

/** An answer with a status, and headers if any. */
export const answerWith =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end('{}');

/** An answer in JSON. */
export const answerWithJson =
  (body: unknown, status = 200): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Never answers; the connection stays open. */
export const neverAnswer: Answer = () => {};

/** Closes the connection without an answer. */
export const hangUp: Answer = (response) => response.destroy();
