import { TelemetryError } from '../../../internal/index.js';

/** How a stream is over that may not go on: it ends, or fails, so that nobody takes a part for the whole. */
export type BrokenOff = 'ends' | 'fails';

/**
 * A stream that goes on as long as it may: asked again for every piece, and nothing is handed over after a no.
 *
 * @param mayGoOn - never throws
 */
export function streamWhile(
  body: ReadableStream<Uint8Array>,
  mayGoOn: () => boolean,
  brokenOff: BrokenOff,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        if (mayGoOn()) return controller.enqueue(value);
        await reader.cancel();
        if (brokenOff === 'ends') return controller.close();
        controller.error(
          new TelemetryError('REQUEST_UNAUTHORIZED', 'The session ended before the answer did.'),
        );
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
