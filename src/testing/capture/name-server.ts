import { createSocket, type Socket } from 'node:dgram';

const HEADER_BYTES = 12;
const ANSWER = 0x8180;
const TYPE_A = 1;
const LONGEST_NAME = 255;

/** A name server which keeps every question, and says that every name is somewhere. */
export interface NameServer {
  readonly socket: Socket;
  /** The names that were asked for, in order; of a packet that says more than that also the rest of it, a character for a byte. */
  readonly questions: readonly string[];
  /** The name that was given an address, if one was. */
  nameOf(address: string): string | undefined;
  /** @param text - the only one of the questions to forget; all of them unless given */
  forget(text?: string): void;
}

/**
 * @param addressOf - the address of the name that was asked for as the n-th, from 0: four numbers
 */
export function createNameServer(addressOf: (index: number) => readonly number[]): NameServer {
  const questions: string[] = [];
  const addresses = new Map<string, readonly number[]>();
  const names = new Map<string, string>();
  const resolve = (name: string) => {
    const address = addresses.get(name) ?? addressOf(addresses.size);
    addresses.set(name, address);
    names.set(address.join('.'), name);
    return address;
  };
  const socket = createSocket({ type: 'udp6', ipv6Only: false });
  socket.on('message', (query, { port, address }) => {
    const question = readQuestion(query);
    questions.push(...saidIn(query, question));
    if (question === undefined) return;
    socket.send(toAnswer(query, question, resolve(question.name.toLowerCase())), port, address);
  });
  return {
    socket,
    questions,
    nameOf: (address) => names.get(address),
    forget(text) {
      if (text === undefined) questions.splice(0);
      else if (questions.includes(text)) questions.splice(questions.indexOf(text), 1);
    },
  };
}

/** What a resolver says of itself behind a question without saying more: RFC 6891. */
const EMPTY_OPTIONS_BYTES = 11;

function saidIn(query: Buffer, question: Question | undefined): readonly string[] {
  if (question === undefined) return [query.toString('latin1')];
  const rest = query.subarray(question.end);
  return rest.length <= EMPTY_OPTIONS_BYTES ? [question.name] : [question.name, rest.toString('latin1')];
}

interface Question {
  readonly name: string;
  readonly type: number;
  /** Where the question ends in its message. */
  readonly end: number;
}

/** Labels with their lengths before them, ended by an empty one. */
export function readQuestion(query: Buffer): Question | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
    if (at > HEADER_BYTES + LONGEST_NAME) return undefined;
  }
  const end = at + 5;
  if (end > query.length) return undefined;
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end };
}

/** An address for a question about one; for any other question, that there is nothing of the kind. */
export function toAnswer(query: Buffer, { type, end }: Question, address: readonly number[]): Buffer {
  const isAboutAddress = type === TYPE_A;
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(ANSWER, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isAboutAddress ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const question = query.subarray(HEADER_BYTES, end);
  if (!isAboutAddress) return Buffer.concat([header, question]);
  // The name by its place in the question, type A, class IN, a minute to live, four bytes.
  const record = Buffer.from([0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...address]);
  return Buffer.concat([header, question, record]);
}
