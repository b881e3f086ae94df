import { expect } from 'vitest';
import type { Ended, ServiceProcess } from './service-process.js';

/** What whoever has asked for the end waits for, before it kills. */
const GRACE_MS = 5_000;

/** Ask for the end, and see that it comes in time. */
export async function endInTime(
  process: ServiceProcess,
  how: 'terminate' | 'interrupt' = 'terminate',
): Promise<Ended> {
  const askedAtMs = performance.now();
  process[how]();
  const ended = await process.ended;
  expect(performance.now() - askedAtMs).toBeLessThan(GRACE_MS);
  return ended;
}
