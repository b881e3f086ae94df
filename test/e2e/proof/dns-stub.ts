import { createSocket } from 'node:dgram';
import { readQuestion, toAnswer } from '../../../src/testing/capture/name-server.js';

const LOOPBACK = [127, 0, 0, 1];

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
    const question = readQuestion(query);
    if (question === undefined) return;
    questions.push(question.name);
    socket.send(toAnswer(query, question, LOOPBACK), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    questions,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
