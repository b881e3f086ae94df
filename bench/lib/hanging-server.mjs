import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A server that takes connections and never says a word.
 *
 * @returns {Promise<{ host: string, close: () => void }>}
 */
export async function startHangingServer() {
  const sockets = new Set();
  const server = createServer((socket) => {
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
