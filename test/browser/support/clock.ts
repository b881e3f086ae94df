import type { Page } from 'playwright-core';

/** Longer than the two halves of a double click are apart. */
const APART_MS = 600;

/** Put the clock of a page into the hands of its test. Until then no switch may have been pressed. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 10_000);
}

/** Let so much time pass that the next press is no double click any more. Needs a clock that was installed. */
export async function passDoubleClick(page: Page): Promise<void> {
  await page.clock.fastForward(APART_MS);
}
