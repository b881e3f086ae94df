import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { onTestFinished, vi } from 'vitest';

export interface StreamMessage {
  readonly event: string;
  readonly id: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what came, whatever it is.
  readonly data: any;
}

export interface OpenedStream {
  readonly response: IncomingMessage;
  /** All messages so far. */
  readonly messages: readonly StreamMessage[];
  /** As it arrived. */
  readonly text: string;
  readonly hasEnded: boolean;
  /** Resolves with the first message of a name that passes. */
  saw(event: string, passes?: (message: StreamMessage) => boolean): Promise<StreamMessage>;
  /** Go away, as a browser does whose tab is closed. */
  leave(): void;
}

/** Read a stream of server-sent events on a socket of its own, until the test ends. */
export async function openStream(url: string, headers: Record<string, string>): Promise<OpenedStream> {
  let request: ClientRequest | undefined;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request = httpRequest(url, { headers, agent: false }, resolve).on('error', reject);
    request.end();
  });
  let text = '';
  let hasEnded = false;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
  });
  response.on('close', () => {
    hasEnded = true;
  });
  response.on('error', () => {});
  onTestFinished(() => void request?.destroy());
  const messages = () => parseMessages(text);
  return {
    response,
    get messages() {
      return messages();
    },
    get text() {
      return text;
    },
    get hasEnded() {
      return hasEnded;
    },
    saw: (event, passes = () => true) =>
      vi.waitFor(() => {
        const found = messages().find((message) => message.event === event && passes(message));
        if (!found) throw new Error(`No message ${event} has come yet.`);
        return found;
      }, 5_000),
    leave: () => void request?.destroy(),
  };
}

function parseMessages(text: string): readonly StreamMessage[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const fields = new Map(
        block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
      );
      const [event, data] = [fields.get('event'), fields.get('data')];
      return event && data ? [{ event, id: fields.get('id'), data: JSON.parse(data) }] : [];
    });
}
