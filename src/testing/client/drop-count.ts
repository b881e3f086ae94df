import type { DropReason } from '../../privacy/index.js';

export type Drops = Readonly<Partial<Record<DropReason, number>>>;

/** Losses since the last look that was meant to forget them. */
export interface DropCount {
  current(): Drops;
  clear(): void;
}

/** @param all - losses since the beginning */
export function createDropCount(all: () => Drops): DropCount {
  let before: Drops = {};
  return {
    current() {
      const since = Object.entries(all()).map(
        ([reason, count]) => [reason, count - (before[reason as DropReason] ?? 0)] as const,
      );
      return Object.freeze(Object.fromEntries(since.filter(([, count]) => count > 0)));
    },
    clear() {
      before = all();
    },
  };
}
