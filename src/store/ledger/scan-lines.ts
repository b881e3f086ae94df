/** How the line of an event begins; its time follows, and after that its uuid. */
export const RECORD_START = '{"recorded_at":"';
/** How a line about events that were sent begins; the time follows. */
export const RECEIPT_START = '{"sent_at":"';
/** How a line about events that were dropped begins; the time follows. */
export const DROP_START = '{"dropped_at":"';

/**
 * Look at the whole lines of a file of the ledger without parsing them.
 *
 * @param bytes - of a whole file; its last line may be half written
 * @param look - told where a line begins and ends in the text. Of that only ASCII is as it was written
 */
export function scanLines(bytes: Uint8Array, look: (text: string, start: number, end: number) => void): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    if (text[end - 1] === '}') look(text, start, end);
    start = end + 1;
  }
}
