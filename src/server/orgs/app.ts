import { Hono } from 'hono';
import type { Database } from '../db/contract.js';
import { refuseForError, refuseOtherMethods, refuseUnknownPath, setPrivateHeaders } from '../http/index.js';
import { CONFIG_PATH } from '../wire/index.js';
import { type CallerVariables, requireToken } from './require-token.js';
import { addCaller } from './routes/caller.js';
import { addChanges } from './routes/changes.js';
import { addOrgSettings } from './routes/org-settings.js';
import { addReports } from './routes/reports.js';

/** How the settings service is set up. */
export interface OrgsOptions {
  readonly database: Pick<Database, 'orgs' | 'tokens' | 'reports' | 'sends'>;
  /** Whether an organisation that has given no answer is counted. */
  readonly enabledByDefault: boolean;
  /** Groups of fewer runs are counted under `other`, and no average is told of fewer. */
  readonly minGroup: number;
  /** From one heartbeat to the next: what would be sent is told as of the last full interval, and not followed in between. */
  readonly heartbeatIntervalSeconds: number;
  /** Told of failures that are answered with status 500 or 503; nothing is logged without it. */
  readonly onFailure?: (error: unknown) => void;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

export interface OrgsEnv {
  Variables: CallerVariables;
}

/** What routes work with. */
export type OrgsParts = OrgsOptions & Required<Pick<OrgsOptions, 'onFailure' | 'now'>>;

/**
 * The settings service: what an organisation answers about telemetry, for who shows a token of it. To mount at the root of a
 * server, or to serve.
 *
 * - `GET /api/v1/config/me`: whose token this is, and what it opens
 * - `GET` and `PUT /api/v1/config/me/org-settings`: the answer. The answer to both carries an `ETag`; a `PUT` may carry `If-Match`
 * - `GET /api/v1/config/me/org-settings/changes`: who switched what
 * - `GET /api/v1/config/me/reports/next` and `/reports`: what would be sent, as of the last full interval, and what was sent
 *
 * All need `Authorization: Bearer <token>`, and the token alone says which organisation is meant: no header, query or member of a
 * body does. What is refused is answered with a `Problem`, and so is every failure.
 *
 * @remarks Bodies are small, and not waited for without end only where the server that listens sees to it.
 */
export function createOrgsApp(options: OrgsOptions): Hono<OrgsEnv> {
  const parts: OrgsParts = { onFailure: () => {}, now: Date.now, ...options };
  const app = new Hono<OrgsEnv>();
  app.onError((error) => refuseForError(error, parts.onFailure));
  app.notFound(refuseUnknownPath);

  const me = app.basePath(CONFIG_PATH);
  me.use(setPrivateHeaders);
  me.use(refuseOtherMethods(app));
  me.use(requireToken(parts.database.tokens));
  for (const add of [addCaller, addOrgSettings, addChanges, addReports]) add(me, parts);
  me.all('*', refuseUnknownPath);
  return app;
}
