import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** Everything that is outside of the machine: the server of the telemetry, and a proxy, which are one. */
export interface Outside extends AsyncDisposable {
  readonly port: number;
  /** How many connections were opened, whatever came over them. */
  readonly connections: () => number;
  /** Method and address of every request, such as `POST /batch/` or `CONNECT telemetry.example.test:443`. */
  readonly requests: readonly string[];
  /** Resolves when so many requests have arrived in all. */
  requested(count: number): Promise<void>;
  /** Keep every answer back from now on. @returns what gives them, and all later ones at once */
  hold(): () => void;
}

/** To a batch, and to the question about flags. */
const ANSWER = JSON.stringify({
  status: 1,
  flags: { separator: { key: 'separator', enabled: true, variant: 'comma' } },
});

export async function startOutside(): Promise<Outside> {
  const requests: string[] = [];
  let connections = 0;
  const arrivals: (() => void)[] = [];
  let held: Promise<void> = Promise.resolve();
  const note = (request: string) => {
    requests.push(request);
    for (const arrived of arrivals.splice(0)) arrived();
  };
  const server = createServer((request, response) => {
    request.resume().on('end', async () => {
      note(`${request.method} ${new URL(request.url ?? '', 'http://server').pathname}`);
      await held;
      response.writeHead(200).end(ANSWER);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('connect', ({ url }, socket) => {
    note(`CONNECT ${url}`);
    // A proxy that does its work, so that a program which uses one gets on as it would elsewhere.
    const onward = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    connections: () => connections,
    requests,
    async requested(count) {
      while (requests.length < count) await new Promise<void>((resolve) => arrivals.push(resolve));
    },
    hold() {
      let release = () => {};
      held = new Promise<void>((resolve) => {
        release = resolve;
      });
      return release;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
