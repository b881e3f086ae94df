/** The part of Node's `ServerResponse` that is read. */
export interface AnswerStream {
  readonly statusCode: number;
  once(event: 'close' | 'finish', listener: () => void): unknown;
}

/** What nginx logs when the client went away before it had the whole answer; no server sends it. */
const CLIENT_CLOSED_REQUEST = 499;

/** @param onEnd - called when the answer has been handed over in full, and when its connection is gone: the first counts */
export function whenAnswered(response: AnswerStream, onEnd: (status: number) => void): void {
  response.once('finish', () => onEnd(response.statusCode));
  response.once('close', () => onEnd(CLIENT_CLOSED_REQUEST));
}
