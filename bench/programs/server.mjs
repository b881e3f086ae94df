/** A PostHog that only counts: how many events came, and how many different ones. Speaks with its parent over IPC. */
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

let events = 0;
let requests = 0;
const uuids = new Set();

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  count(Buffer.concat(chunks), request.headers['content-encoding']);
  response.setHeader('content-type', 'application/json').end('{"status":1}');
});

function count(body, encoding) {
  const text = (encoding === 'gzip' || isGzip(body) ? gunzipSync(body) : body).toString('utf8');
  const { batch = [] } = JSON.parse(text);
  requests += 1;
  events += batch.length;
  for (const { uuid } of batch) uuids.add(uuid);
}

const isGzip = (body) => body[0] === 0x1f && body[1] === 0x8b;

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => {
  process.send({ events, distinct: uuids.size, requests }, () => process.exit(0));
});
// A program that failed has no use for it, and would not end while it holds its output open.
process.on('disconnect', () => process.exit(0));
