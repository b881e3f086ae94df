import { formatMessage } from './stream-text.js';

const MAX_TEXTS = 256;
const MISSED = formatMessage({ event: 'missed', data: {} });

/** What waits for one reader of a stream. */
export interface TextQueue {
  /** Whether nothing waits. */
  readonly isEmpty: boolean;
  /** A reader that does not read loses what waits for it, and is told so when it reads again. */
  push(text: string): void;
  /** Nothing more comes, and what waits is dropped. */
  close(): void;
  /** @returns what waits, in order, in one text; undefined when the queue is closed. One caller at a time */
  take(): Promise<string | undefined>;
}

export function createTextQueue(): TextQueue {
  let texts: string[] = [];
  let isClosed = false;
  let wake = () => {};

  return {
    get isEmpty() {
      return texts.length === 0;
    },
    push(text) {
      if (isClosed) return;
      if (texts.length >= MAX_TEXTS) texts = [MISSED];
      texts.push(text);
      wake();
    },
    close() {
      isClosed = true;
      texts = [];
      wake();
    },
    async take() {
      while (texts.length === 0 && !isClosed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (isClosed) return undefined;
      const text = texts.join('');
      texts = [];
      return text;
    },
  };
}
