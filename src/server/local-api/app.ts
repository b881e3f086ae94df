import { OpenAPIHono } from '@hono/zod-openapi';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { partsOf, type Telemetry } from '../../client/index.js';
import { setPrivateHeaders } from '../http/index.js';
import { describeIssues } from './describe-issues.js';
import { guardEverything, guardTheRest } from './guards/install-guards.js';
import { turnsOf } from './in-turn.js';
import { type LocalApiOptions, resolveLocalApiOptions } from './options.js';
import type { LocalApiParts } from './parts.js';
import { refuse, refuseForError } from './problem.js';
import { addCatalog } from './routes/catalog.js';
import { addChanges } from './routes/changes.js';
import { addCounts } from './routes/counts.js';
import { addData } from './routes/data.js';
import { addDiagnostics } from './routes/diagnostics.js';
import { addDocument } from './routes/document.js';
import { addExport } from './routes/export.js';
import { addFlags } from './routes/flags.js';
import { addHealth } from './routes/health.js';
import { addLedger } from './routes/ledger.js';
import { addPreview } from './routes/preview.js';
import { addRecord } from './routes/record.js';
import { addSettings } from './routes/settings.js';
import { addStream } from './routes/stream.js';
import { addSummary } from './routes/summary.js';
import { addWhy } from './routes/why.js';

/**
 * The API by which programs and pages of this machine look at an app's telemetry and decide about it, to mount in a Hono
 * app (`app.route('/api/telemetry', api)`) or, with `basePath`, to serve by itself:
 *
 * - `GET /health`: the state at a glance, for everybody on this machine
 * - `GET` and `POST /settings`, `POST /opt_in`: what the person decides
 * - `POST /features` and `/events`: count and record, as far as that is allowed
 * - `GET /summary`, `/events`, `/hooks`, `/crashes`, `/preview`, `/diagnostics`, `DELETE /data`: what is kept, and what leaves
 * - `GET /ledger`, `/stream`, `/counts`, `/catalog`, `/changes`, `/why`, `/export`: the same for the person themselves: every event with the bytes that
 *   leave, now and as it happens; how much per day; what may be collected, and what of it was not agreed to; who decided; everything in one file
 * - `GET` and `PATCH /flags`: the flags of the app's config file
 * - `GET /openapi.json`: all of this, exactly
 *
 * All but `/health` need `Authorization: Bearer <token>`. Pages of other origins, other names of this machine and other
 * machines are refused unless an option allows them. Every answer in JSON has `feature_flag`; what is refused is answered with a
 * {@link LocalApiProblem}. Nothing of a request is kept but what is recorded by it, and nothing is logged.
 *
 * @throws {ConfigError} `OPTION_UNKNOWN` or `OPTION_INVALID`, also for a client of another version of this package
 */
export function createLocalApi(telemetry: Telemetry, options: LocalApiOptions = {}): OpenAPIHono {
  const resolved = resolveLocalApiOptions(options);
  const client = partsOf(telemetry);
  const { consent } = client;
  const parts: LocalApiParts = { ...client, telemetry, options: resolved, inTurn: turnsOf(consent) };
  const refuseInvalid: NonNullable<OpenAPIHono['defaultHook']> = (result) =>
    result.success
      ? undefined
      : refuse(consent, 'REQUEST_UNPROCESSABLE', 'The request is not as the API describes it.', {
          errors: describeIssues(result.error),
        });
  const app = new OpenAPIHono({ defaultHook: refuseInvalid });
  app.onError((error) => refuseForError(consent, error, resolved.onFailure));
  const api = resolved.basePath === '' ? app : app.basePath(resolved.basePath);

  app.use(setPrivateHeaders);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (_context, methods) => {
        const allow = methods.join(', ');
        return refuse(consent, 'REQUEST_METHOD_NOT_ALLOWED', `Allowed here: ${allow}.`, {
          headers: { allow },
        });
      },
    }),
  );
  guardEverything(app, parts);
  addHealth(api, parts);
  guardTheRest(app, parts);
  for (const add of BEHIND_TOKEN) add(api, parts);
  app.all('*', () => refuse(consent, 'REQUEST_NOT_FOUND', 'There is nothing at this path.'));
  return app;
}

const BEHIND_TOKEN = [
  addSettings,
  addRecord,
  addSummary,
  addLedger,
  addStream,
  addCounts,
  addCatalog,
  addChanges,
  addWhy,
  addPreview,
  addExport,
  addDiagnostics,
  addData,
  addFlags,
  addDocument,
];
