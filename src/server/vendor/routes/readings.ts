import type { Hono } from 'hono';
import { guardByToken } from '../../http/index.js';
import { type Customers, DASHBOARD_PATH, type Overview } from '../../wire/index.js';
import type { VendorParts } from '../options.js';
import { parseSelection } from '../reading/parse-selection.js';
import { streamLines } from '../reading/stream-lines.js';
import type { VendorEnv } from '../vendor-env.js';

const LINES_AT_ONCE = 2_000;

/** What came, for who shows the key for reading. Without such a key nothing is there. */
export function addReadings(
  app: Hono<VendorEnv>,
  { database: { reportReadings }, readKey, now }: VendorParts,
): void {
  if (readKey === undefined) return;
  app.use(`${DASHBOARD_PATH}/*`, guardByToken(readKey, 'Reading'));

  app.get(`${DASHBOARD_PATH}/customers`, async (context) =>
    context.json<Customers>({ customers: await reportReadings.customers(now()) }),
  );

  app.get(`${DASHBOARD_PATH}/overview`, async (context) =>
    context.json<Overview>(await reportReadings.overview(parseSelection(queryOf(context.req.url), now()))),
  );

  app.get(`${DASHBOARD_PATH}/daily.csv`, async (context) => {
    const selection = parseSelection(queryOf(context.req.url), now());
    const first = await reportReadings.dailyLines(selection, LINES_AT_ONCE);
    const lines = streamLines(first, (after) => reportReadings.dailyLines(selection, LINES_AT_ONCE, after));
    return context.body(lines, 200, {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="daily-${selection.from}-${selection.to}.csv"`,
    });
  });
}

const queryOf = (url: string) => new URL(url).searchParams;
