import { once } from 'node:events';
import { type AddressInfo, createServer, connect as openSocket, type Server, type Socket } from 'node:net';

/** A line between two programs that can be cut and held up. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** End every connection, and refuse new ones. */
  cut(): Promise<void>;
  /** Take connections, and let nothing through in either direction. */
  hang(): void;
  /** Let everything through: what is new, and what was held up. */
  restore(): Promise<void>;
  /** As `restore`, but the connections that are held up stay so. */
  restoreForNew(): void;
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let hangs = false;
  const server = createServer((near) => {
    const far = openSocket(targetPort, '127.0.0.1');
    join(near, far);
    join(far, near);
  });

  function join(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on('data', (bytes) => to.write(bytes));
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    if (hangs) from.pause();
  }

  const end = async () => {
    const closed = server.listening && once(server, 'close');
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    cut: end,
    hang() {
      hangs = true;
      for (const socket of sockets) socket.pause();
    },
    async restore() {
      hangs = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen(server, port);
    },
    restoreForNew() {
      hangs = false;
    },
    [Symbol.asyncDispose]: end,
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
