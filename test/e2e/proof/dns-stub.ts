import { createSocket } from 'node:dgram';

const HEADER_BYTES = 12;
const ANSWER = 0x8180;
const TYPE_A = 1;

/** A name server on loopback which keeps every question and says that every name is this machine. */
export interface DnsStub extends AsyncDisposable {
  /** For `dns.setServers()`: `127.0.0.1:5353`. */
  readonly address: string;
  /** The names that were asked for. */
  readonly questions: readonly string[];
}

export async function startDnsStub(): Promise<DnsStub> {
  const questions: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, end } = readName(query);
    questions.push(name);
    socket.send(toAnswer(query, end), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    questions,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** Labels with their lengths before them, ended by an empty one. */
function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** An address for a question about one; for any other question, that there is nothing of the kind. */
function toAnswer(query: Buffer, endOfName: number): Buffer {
  const question = query.subarray(0, endOfName + 4);
  const isAboutAddress = query.readUInt16BE(endOfName) === TYPE_A;
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(ANSWER, 2);
  header.writeUInt16BE(isAboutAddress ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const rest = question.subarray(HEADER_BYTES);
  if (!isAboutAddress) return Buffer.concat([header, rest]);
  // The name by its place in the question, type A, class IN, no time to live, four bytes.
  const record = Buffer.from([0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat([header, rest, record]);
}
