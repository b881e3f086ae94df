import type { Writer } from './writer.js';

const BAR_WIDTH = 20;

export interface Progress {
  /** @param done - of `total`; both in whatever is counted */
  show(done: number, total: number): void;
  /** Take the bar away. */
  end(): void;
}

/** A bar in one line that is drawn over again, on a terminal; elsewhere nothing. */
export function createProgress({ isTerminal, width, raw }: Writer, label: string): Progress {
  let shownPercent: number | undefined;
  return {
    show(done, total) {
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
      if (!isTerminal || percent === shownPercent) return;
      shownPercent = percent;
      const filled = Math.round((percent / 100) * BAR_WIDTH);
      const bar = `${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}`;
      raw(`\r${`${label} [${bar}] ${percent} %`.slice(0, width - 1)}`);
    },
    end() {
      if (shownPercent !== undefined) raw('\r\u001b[K');
    },
  };
}
