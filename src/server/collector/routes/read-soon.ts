import type { License, LicenseKeeper } from '../license/index.js';

/**
 * What holds now. Whoever asks waits for the vendor so long and no longer, and is then told what is known without it; the question to the
 * vendor goes on, for who asks next.
 */
export async function readSoon(
  license: Pick<LicenseKeeper, 'read' | 'peek'>,
  vendorWaitMs: number,
): Promise<License> {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<License>((resolve) => {
    timer = setTimeout(() => resolve(license.peek()), vendorWaitMs);
  });
  try {
    return await Promise.race([license.read(), timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
}
