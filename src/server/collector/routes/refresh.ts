import type { License, LicenseKeeper } from '../license/index.js';

/** What came of asking the vendor now, or a moment ago. */
export interface Refreshed {
  readonly hasAnswered: boolean;
  readonly license: License;
}

const MIN_PAUSE_MS = 10_000;

/**
 * Ask the vendor, and for ten seconds after that tell what came of it: whoever asks again and again asks the vendor no more often.
 *
 * @param now - Unix time in milliseconds
 */
export function createRefresh(
  license: Pick<LicenseKeeper, 'refresh' | 'peek'>,
  now: () => number,
): () => Promise<Refreshed> {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let asked: Promise<License>;

  return async () => {
    const passedMs = now() - askedAtMs;
    // A clock that was set back ends the pause: it would last until the old time comes again.
    const isPause = passedMs >= 0 && passedMs < MIN_PAUSE_MS;
    if (!isPause) {
      askedAtMs = now();
      asked = license.refresh();
    }
    const hasAnswered = isAnswer(await asked);
    return { hasAnswered, license: isPause ? license.peek() : await asked };
  };
}

/** What is not kept from before was answered just now. */
const isAnswer = ({ state, isCached }: License) => state !== 'unknown' && !isCached;
