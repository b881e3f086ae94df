/**
 * Read the bytes of an answer.
 *
 * @throws {RangeError} if there are more than `maxBytes`, and what reading throws
 */
export async function readAnswerWithin(
  { body }: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new RangeError('The answer is too large.');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
