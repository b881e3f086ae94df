import { createServer, request as forward } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A forward proxy that leads every name to one port of this machine, and keeps what it was asked. */
export interface ForwardProxy extends AsyncDisposable {
  readonly port: number;
  /** Such as `CONNECT eu.example:443` or `POST http://eu.example/batch/`. */
  readonly asked: readonly string[];
  /** The last `Proxy-Authorization`; undefined when there was none. */
  readonly authorization: string | undefined;
}

export type TunnelAnswer = 'open' | 'refuse' | 'wait';

/** @param tunnel - what becomes of a `CONNECT` */
export async function startForwardProxy(
  target: { readonly url: string },
  tunnel: TunnelAnswer = 'open',
): Promise<ForwardProxy> {
  const targetPort = Number(new URL(target.url).port);
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let authorization: string | undefined;

  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    authorization = request.headers['proxy-authorization'];
    const { pathname } = new URL(request.url ?? '');
    const { method, headers } = request;
    const onward = forward({ host: '127.0.0.1', port: targetPort, path: pathname, method, headers });
    onward.on('error', () => response.writeHead(502).end());
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    authorization = request.headers['proxy-authorization'];
    if (tunnel === 'wait') return;
    if (tunnel === 'refuse') {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const onward = connect(targetPort, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    get authorization() {
      return authorization;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
