/**
 * A stream that goes on as long as it may: asked again for every piece, and nothing is handed over after a no.
 *
 * @param mayGoOn - never throws
 */
export function streamWhile(
  body: ReadableStream<Uint8Array>,
  mayGoOn: () => boolean,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done && mayGoOn()) return controller.enqueue(value);
        if (!done) await reader.cancel();
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
