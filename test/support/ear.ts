import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that takes connections and keeps what is written to each of them until it is closed. */
export interface Ear extends AsyncDisposable {
  readonly url: string;
  /** Of each connection, what came first; waits until all of them are closed. */
  heard(): Promise<readonly string[]>;
}

/** Closes each connection when something has come over it. */
export async function startEar(): Promise<Ear> {
  const heard: Promise<string>[] = [];
  const server = createServer((socket: Socket) => {
    heard.push(
      new Promise((resolve) => {
        let text = '';
        socket.on('data', (bytes) => {
          text += bytes.toString();
          socket.destroy();
        });
        socket.on('error', () => {}).on('close', () => resolve(text));
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard: () => Promise.all(heard),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}
