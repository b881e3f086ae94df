import { readLedgerEvents } from '../read-ledger-events.js';
import type { LiveFeed } from './live-feed.js';
import { formatMessage, RETRY } from './stream-text.js';
import type { TextQueue } from './text-queue.js';

const MAX_RESUMED = 200;
const ENCODER = new TextEncoder();

export interface StreamReader {
  /** The state directory. */
  readonly directory: string | undefined;
  /** The id of the last message that the reader has seen, if it comes back. */
  readonly lastId: string | undefined;
  /** Asked again before anything is handed over. */
  readonly mayRead: () => boolean;
}

/**
 * The body of a stream of server-sent events. What happens while nobody takes it is kept within bounds; it ends when its reader
 * leaves, may not read any more, or the feed ends.
 */
export function openStream(
  feed: LiveFeed,
  { directory, lastId, mayRead }: StreamReader,
): ReadableStream<Uint8Array> {
  const { queue, leave } = feed.join(mayRead);
  if (lastId !== undefined) resume(queue, directory, lastId);
  let isBegun = false;
  let isOver = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const text = await queue.take();
        if (text !== undefined) controller.enqueue(ENCODER.encode(isBegun ? text : RETRY + text));
        // One that was cancelled is closed already.
        else if (!isOver) controller.close();
        isBegun = true;
      },
      cancel() {
        isOver = true;
        leave();
      },
    },
    // Nothing is taken before somebody reads.
    { highWaterMark: 0 },
  );
}

/** What was recorded since; or, where that is too long ago, that something was missed. */
function resume(queue: TextQueue, directory: string | undefined, lastId: string): void {
  const events = readLedgerEvents(directory, MAX_RESUMED);
  const at = events.findIndex(({ uuid }) => uuid === lastId);
  if (at < 0) queue.push(formatMessage({ event: 'missed', data: {} }));
  for (const event of events.slice(0, Math.max(at, 0)).reverse())
    queue.push(formatMessage({ event: 'recorded', id: event.uuid, data: event }));
}
