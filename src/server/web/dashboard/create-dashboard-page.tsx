import { mediaTypeOf } from '../../http/index.js';
import { CustomersSchema } from '../../wire/index.js';
import {
  answerFailure,
  answerPage,
  answerTokenRefused,
  answerWhileSignedIn,
  assertOwnReader,
  behindDoor,
  type Door,
  type WebPage,
} from '../foundation/index.js';
import { type Service, toTokenCheck } from '../upstream/index.js';
import { askVendor, openFile } from './ask-vendor.js';
import { DashboardPage } from './dashboard-page.js';
import { readDashboardView } from './read-dashboard-view.js';
import { parseSelection, type Selection, toQuery } from './selection.js';

export interface DashboardPageOptions {
  readonly vendorService: Service;
  /** The address by which people reach the page, when it is not the one that this server sees. */
  readonly publicUrl?: URL;
}

/**
 * The page `/vendor`: what the customers of a vendor have reported, for who has the key for reading.
 *
 * - `GET /vendor?from=&to=&customer=` or `?days=`: the page
 * - `GET /vendor/daily.csv?from=&to=&customer=`: the same days as a file
 */
export function createDashboardPage({ vendorService, publicUrl }: DashboardPageOptions): WebPage {
  const door: Door = {
    slot: 'vendor',
    path: '/vendor',
    page: '/vendor',
    rooms: ['/vendor'],
    cookiePath: '/vendor',
    publicUrl,
    title: "The vendor's dashboard",
    label: 'Key for reading',
    refusal: 'This is not the key for reading.',
    hint: 'The value of VENDOR_READ_KEY, as the operator of this service has set it.',
    async check(token) {
      return toTokenCheck(await askVendor(vendorService, token, '/customers', CustomersSchema));
    },
  };

  return {
    door,
    tab: { href: '/vendor', label: 'Dashboard' },
    add(app, parts) {
      app.get(
        '/vendor',
        behindDoor(parts, door, async (context, token) => {
          const nowMs = parts.now();
          const asked = parseSelection(new URL(context.req.url).searchParams, nowMs);
          const selection = asked.status === 'selected' ? asked.selection : undefined;
          const view = await readDashboardView(vendorService, token, selection, nowMs);
          if (view === undefined) return answerTokenRefused(context, parts, door);
          const page = <DashboardPage context={context} parts={parts} asked={asked} view={view} />;
          if (selection === undefined) return answerPage(context, page, 422);
          return answerPage(context, page, view.customers && view.overview ? 200 : 502);
        }),
      );
      app.get(
        '/vendor/daily.csv',
        behindDoor(parts, door, async (context, token) => {
          const { req } = context;
          assertOwnReader({ site: req.header('sec-fetch-site') });
          const asked = parseSelection(new URL(req.url).searchParams, parts.now());
          if (asked.status === 'refused')
            return answerFailure(context, parts, 'REQUEST_UNPROCESSABLE', asked.problem);
          const { selection } = asked;
          const path = `/daily.csv?${toQuery(selection)}`;
          const file = await openFile(vendorService, token, path, req.raw.signal);
          if (file.status === 401) return answerTokenRefused(context, parts, door);
          if (file.status !== 200 || mediaTypeOf(file.headers.get('content-type')) !== 'text/csv') {
            await file.body?.cancel();
            return answerFailure(
              context,
              parts,
              'UPSTREAM_UNAVAILABLE',
              'The file could not be made. Try again in a moment.',
            );
          }
          const answer = answerWhileSignedIn(context, parts, door, file, ['content-type']);
          answer.headers.set('content-disposition', `attachment; filename="${toFileName(selection)}"`);
          return answer;
        }),
      );
    },
  };
}

/** Of dates and a customer's id alone: nothing in it needs quotes. */
const toFileName = ({ from, to, customerId }: Selection) =>
  `${['sotto-daily', customerId, from, to].filter((part) => part !== undefined).join('-')}.csv`;
