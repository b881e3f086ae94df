import type { SanitizedEvent } from '../privacy/index.js';

/**
 * Prints an event on standard error, one line of JSON, as it leaves: `properties` are the bytes of the wire.
 *
 * @remarks Only where a person has asked for it. A closed standard error is nobody's concern here.
 */
export function showEvent(toWire: (event: SanitizedEvent) => object): (event: SanitizedEvent) => void {
  return (event) => {
    try {
      write(process.stderr, `${JSON.stringify(toWire(event))}\n`);
    } catch {
      // Nobody can see it: then it is recorded all the same.
    }
  };
}

/** As `console` does: whoever read it may be gone, and nobody else listens for that. */
function write(stream: NodeJS.WriteStream, text: string): void {
  const ignore = () => {};
  stream.write(text, (error) => {
    if (error && stream.listenerCount('error') === 0) stream.once('error', ignore);
  });
}
