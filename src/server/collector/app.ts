import { Hono } from 'hono';
import type { EntitlementRepository } from '../db/entitlements/index.js';
import {
  guardByToken,
  refuseForError,
  refuseOtherMethods,
  refuseUnknownPath,
  setPrivateHeaders,
} from '../http/index.js';
import { INTERNAL_PATH } from '../wire/index.js';
import type { LicenseKeeper } from './license/index.js';
import { addEntitlements } from './routes/entitlements.js';
import { addLicense } from './routes/license.js';

/** How the collector's own API is set up. */
export interface CollectorAppOptions {
  readonly license: LicenseKeeper;
  readonly entitlements: EntitlementRepository;
  /** What opens it to other machines; while there is none, programs of this machine alone are answered. */
  readonly internalApiToken: string | undefined;
  /** Told of failures that are answered with status 500 or more; nothing is logged without it. */
  readonly onFailure?: (error: unknown) => void;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
  /** How long who asks waits for a vendor that is slow, before they are told what is known without it. */
  readonly vendorWaitMs?: number;
}

/** What routes work with. */
export type CollectorAppParts = Required<CollectorAppOptions>;

const VENDOR_WAIT_MS = 3_000;

/**
 * What a product may ask the collector beside it. To mount at the root of a server, or to serve.
 *
 * - `GET /internal/license`: what is known of the licence; never the key
 * - `POST /internal/license/refresh`: the same, asked of the vendor now; at most once in ten seconds
 * - `POST /internal/entitlements/check`: whether the licence allows one more team or run, or a feature
 *
 * What is refused is answered with a `Problem`, and so is every failure. Nothing that is asked or answered here leaves for the vendor.
 *
 * @remarks Bodies are small, and not waited for without end only where the server that listens sees to it.
 */
export function createCollectorApp(options: CollectorAppOptions): Hono {
  const parts: CollectorAppParts = {
    onFailure: () => {},
    now: Date.now,
    vendorWaitMs: VENDOR_WAIT_MS,
    ...options,
  };
  const app = new Hono();
  app.onError((error) => refuseForError(error, parts.onFailure));
  app.notFound(refuseUnknownPath);

  const internal = app.basePath(INTERNAL_PATH);
  internal.use(setPrivateHeaders);
  internal.use(guardByToken(parts.internalApiToken, 'This'));
  internal.use(refuseOtherMethods(app));
  for (const add of [addLicense, addEntitlements]) add(internal, parts);
  internal.all('*', refuseUnknownPath);
  return app;
}
