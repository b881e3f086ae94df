import type { Context } from 'hono';
import {
  answerFailure,
  answerPage,
  answerSignedOut,
  answerTokenRefused,
  type Door,
  readSessionId,
  tokenOf,
  type WebEnv,
  type WebPage,
  type WebParts,
} from '../foundation/index.js';
import { askLocalApi, readKnown } from './ask-local-api.js';
import { ClearedPage, ClearPage } from './clear-pages.js';
import type { PersonOptions } from './options.js';
import { PersonPage } from './person-page.js';
import { readView } from './read-view.js';
import { saveSwitch } from './save-switch.js';
import { ClearedAnswer, SettingsAnswer } from './schemas.js';
import { streamWhile } from './stream-while.js';
import { isSwitchName } from './switch-states.js';

const RETURNED = [
  'content-type',
  'content-length',
  'content-disposition',
  'x-accel-buffering',
  'retry-after',
];

/** A route behind the door. */
type Route = (context: Context<WebEnv>, token: string) => Response | Promise<Response>;

/**
 * The page of the person on whose machine this runs:
 *
 * - `GET /`: what happens, who decided, the switches, what was recorded, what may be
 * - `POST /person/settings`: a switch; `POST /person/clear`: delete what is kept, after `GET` has asked once more
 * - `GET /person/stream`, `/person/export`, `/person/diagnostics`: as the local API has them
 */
export function createPersonPage(options: PersonOptions): WebPage {
  const { app: name } = options;
  const door: Door = {
    slot: 'person',
    path: '/',
    title: `Telemetry of ${name}`,
    hint: 'The token of this machine. Print it with:',
    command: `sotto token --app ${name}`,
    async check(token) {
      const { status } = await readKnown(options, token, '/settings', SettingsAnswer);
      if (status === 'known') return 'accepted';
      return status === 'refused' ? 'refused' : 'unavailable';
    },
  };

  return {
    door,
    tab: { href: '/', label: 'This machine' },
    add(app, parts) {
      const behindDoor = (route: Route) => (context: Context<WebEnv>) => {
        const token = tokenOf(context, door);
        return token === undefined ? answerSignedOut(context, parts, door) : route(context, token);
      };
      const answer = async (context: Context<WebEnv>, token: string, problem?: string) => {
        const view = await readView(options, token);
        if (view === undefined) return answerTokenRefused(context, parts, door);
        const page = <PersonPage context={context} parts={parts} view={view} problem={problem} />;
        if (problem !== undefined) return answerPage(context, page, 409);
        return answerPage(context, page, view.decision === undefined ? 502 : 200);
      };
      const passOn =
        (path: string): Route =>
        async (context, token) => {
          const { req } = context;
          const lastId = req.header('last-event-id');
          const response = await askLocalApi(options, token, path, {
            signal: req.raw.signal,
            ...(lastId !== undefined && { headers: { 'last-event-id': lastId } }),
          });
          if (response.status === 401) return answerTokenRefused(context, parts, door);
          return response.ok ? toOwn(context, parts, response) : answerRefusal(context, parts, response);
        };

      app.get(
        '/',
        behindDoor((context, token) => answer(context, token)),
      );
      app.post(
        '/person/settings',
        behindDoor(async (context, token) => {
          const { form } = context.var;
          const wanted = form.get('switch');
          if (!isSwitchName(wanted))
            return answer(context, token, 'There is no such switch. Nothing was changed.');
          const saved = await saveSwitch(options, token, wanted, form.get('enabled') === 'true');
          if (saved.status === 'refused') return answerTokenRefused(context, parts, door);
          if (saved.status === 'failed') return answer(context, token, saved.text);
          return context.redirect('/', 303);
        }),
      );
      app.get(
        '/person/clear',
        behindDoor((context) =>
          answerPage(context, <ClearPage context={context} parts={parts} app={name} />),
        ),
      );
      app.post(
        '/person/clear',
        behindDoor(async (context, token) => {
          const response = await askLocalApi(options, token, '/data', { method: 'DELETE' });
          if (response.status === 401) return answerTokenRefused(context, parts, door);
          const cleared = ClearedAnswer.safeParse(await response.json().catch(() => undefined)).data;
          const { deleted_files: deletedFiles = 0, failed } = cleared ?? {};
          const status = failed?.length === 0 ? 200 : 502;
          return answerPage(
            context,
            <ClearedPage context={context} parts={parts} deletedFiles={deletedFiles} failed={failed} />,
            status,
          );
        }),
      );
      app.get('/person/stream', behindDoor(passOn('/stream')));
      app.get('/person/export', behindDoor(passOn('/export')));
      app.get('/person/diagnostics', behindDoor(passOn('/diagnostics')));
    },
  };
}

/** What the local API answered, for as long as the session that asked goes on. */
function toOwn(context: Context<WebEnv>, parts: WebParts, { status, headers, body }: Response): Response {
  const id = readSessionId(context, parts);
  const isSignedIn = () => id !== undefined && parts.sessions.find(id) !== undefined;
  const returned = [...headers].filter(([header]) => RETURNED.includes(header)) as [string, string][];
  return new Response(body && streamWhile(body, isSignedIn), { status, headers: returned });
}

async function answerRefusal(
  context: Context<WebEnv>,
  parts: WebParts,
  response: Response,
): Promise<Response> {
  await response.body?.cancel();
  if (response.status === 403)
    return answerFailure(
      context,
      parts,
      'DIAGNOSTICS_OFF',
      'A diagnostics bundle needs a yes of its own: switch Diagnostics on first.',
    );
  if (response.status === 429)
    return answerFailure(
      context,
      parts,
      'REQUEST_RATE_LIMITED',
      'Too many at once: wait a moment, and try again.',
    );
  return answerFailure(
    context,
    parts,
    'UPSTREAM_UNAVAILABLE',
    'This could not be made. Try again in a moment.',
  );
}
