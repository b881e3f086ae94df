import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

/**
 * What a program may find at its server's address.
 *
 * @typedef {{ host: string, close: () => void }} Server
 */

/** One that takes everything. @returns {Promise<Server>} */
export const startServer = () =>
  listen(
    createHttpServer((request, response) => {
      request
        .resume()
        .once('end', () => response.setHeader('content-type', 'application/json').end('{"status":1}'));
    }),
  );

/** One that takes connections and never says a word. @returns {Promise<Server>} */
export const startHangingServer = () => listen(createServer());

/** None: the connection is refused. @returns {Promise<Server>} */
export async function findNoServer() {
  const { host, close } = await listen(createServer());
  close();
  return { host, close: () => {} };
}

async function listen(server) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    // Who was killed resets the connection.
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
