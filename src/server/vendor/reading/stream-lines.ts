import type { DailyLine } from '../../db/vendor/index.js';
import { CSV_HEAD, toCsv } from './csv.js';

/** Read a page of lines. @param after - the last line of the page before */
type ReadPage = (after?: DailyLine) => Promise<readonly DailyLine[]>;

/**
 * Lines as CSV, page by page, as fast as somebody reads them. When a page cannot be read, the stream fails: nobody takes half of a file for the
 * whole.
 *
 * @param first - the first page, so that a failure of it is answered as such
 */
export function streamLines(first: readonly DailyLine[], readPage: ReadPage): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let page = first;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(CSV_HEAD)),
    async pull(controller) {
      const last = page.at(-1);
      if (last === undefined) return controller.close();
      controller.enqueue(encoder.encode(toCsv(page)));
      page = await readPage(last);
    },
  });
}
