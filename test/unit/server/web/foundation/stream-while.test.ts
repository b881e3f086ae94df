import { describe, expect, it } from 'vitest';
import { streamWhile } from '../../../../../src/server/web/foundation/stream-while.js';

/** Pieces, of which so many may be handed over, and whether who makes them was told to stop. */
function open(pieces: readonly string[], allowed: number, brokenOff: 'ends' | 'fails') {
  const left = [...pieces];
  const source = { isCancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(piece));
    },
    cancel() {
      source.isCancelled = true;
    },
  });
  let asked = 0;
  const mayGoOn = () => {
    asked += 1;
    return asked <= allowed;
  };
  return { source, answer: new Response(streamWhile(body, mayGoOn, brokenOff)) };
}

describe('a stream that goes on as long as it may', () => {
  it.each(['ends', 'fails'] as const)(
    'is whole when nobody says no, though it %s otherwise',
    async (over) => {
      const { source, answer } = open(['a', 'b', 'c'], 3, over);
      expect(await answer.text()).toBe('abc');
      expect(source.isCancelled).toBe(false);
    },
  );

  it('ends after a no, and nothing more is made', async () => {
    const { source, answer } = open(['a', 'b', 'c'], 1, 'ends');
    expect(await answer.text()).toBe('a');
    expect(source.isCancelled).toBe(true);
  });

  it('fails after a no where a part is not to be taken for the whole, and nothing more is made', async () => {
    const { source, answer } = open(['a', 'b', 'c'], 1, 'fails');
    await expect(answer.text()).rejects.toMatchObject({ code: 'REQUEST_UNAUTHORIZED' });
    expect(source.isCancelled).toBe(true);
  });

  it('fails on its last piece, too', async () => {
    await expect(open(['a'], 0, 'fails').answer.text()).rejects.toThrow('before the answer did');
  });
});
