/**
 * A server that only counts: how many events came, and how many different ones, in the batches of PostHog and Segment and in the
 * spans and log records of OTLP as JSON. Speaks with its parent over IPC.
 */
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

let events = 0;
let requests = 0;
const ids = new Set();

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  count(Buffer.concat(chunks), request.headers['content-encoding']);
  response.setHeader('content-type', 'application/json').end('{"status":1}');
});

function count(body, encoding) {
  const text = (encoding === 'gzip' || isGzip(body) ? gunzipSync(body) : body).toString('utf8');
  requests += 1;
  for (const id of idsIn(JSON.parse(text))) {
    events += 1;
    ids.add(id);
  }
}

const idsIn = ({ batch = [], resourceSpans = [], resourceLogs = [] }) => [
  ...batch.map(({ uuid, messageId }) => uuid ?? messageId),
  ...resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ spanId }) => spanId)),
  ),
  ...resourceLogs.flatMap(({ scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) => logRecords.map(idOfRecord)),
  ),
];

/** A log record has no id of its own: one that is to be told from others carries one. */
const idOfRecord = ({ attributes }) => attributes.find(({ key }) => key === 'event.id')?.value.stringValue;

const isGzip = (body) => body[0] === 0x1f && body[1] === 0x8b;

server.listen(0, '127.0.0.1', 4_096, () => process.send({ port: server.address().port }));
process.on('message', () => {
  process.send({ events, distinct: ids.size, requests }, () => process.exit(0));
});
// A program that failed has no use for it, and would not end while it holds its output open.
process.on('disconnect', () => process.exit(0));
