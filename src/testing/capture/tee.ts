import { type Duplex, duplexPair } from 'node:stream';

/**
 * A stream that says what another one says, for somebody who reads it to its end, and through which they answer.
 *
 * @param first - what was read of it already
 * @param onPiece - told every piece of what it says, in order
 */
export function branch(stream: Duplex, first: Buffer, onPiece: (piece: Buffer) => void = () => {}): Duplex {
  const [inner, outer] = duplexPair();
  const hand = (piece: Buffer) => {
    onPiece(piece);
    outer.write(piece);
  };
  for (const end of [inner, outer]) end.on('error', () => stream.destroy());
  hand(first);
  stream.on('data', hand);
  stream.once('end', () => outer.end());
  stream.once('close', () => inner.destroy());
  outer.pipe(stream);
  stream.resume();
  return inner;
}
