import type { Context } from 'hono';
import {
  answerFailure,
  answerPage,
  answerSignedOut,
  answerTokenRefused,
  answerWhileSignedIn,
  assertOwnReader,
  behindDoor,
  createSecretRoom,
  type Door,
  type Route,
  SECRET_ROOMS,
  tokenOf,
  type WebEnv,
  type WebPage,
  type WebParts,
} from '../foundation/index.js';
import { toTokenCheck } from '../upstream/index.js';
import { askForKnown, askLocalApi } from './ask-local-api.js';
import { ClearedPage, ClearPage } from './clear-pages.js';
import type { PersonOptions } from './options.js';
import { PersonPage } from './person-page.js';
import { readView } from './read-view.js';
import { type Saved, saveAnswerToChanges, saveSwitch } from './save-switch.js';
import { ClearedAnswer, SettingsAnswer } from './schemas.js';
import { isSwitchName } from './switch-states.js';

const RETURNED = [
  'content-type',
  'content-length',
  'content-disposition',
  'x-accel-buffering',
  'retry-after',
];

/**
 * The page of the person on whose machine this runs, in a room of its own (`/p/<random>`). `/` leads there by the form.
 *
 * - `GET` the room: what happens, who decided, the switches, what was recorded, what may be
 * - `POST settings`: a switch; `POST changes`: an answer to what is collected besides; `POST clear`: delete what is kept, after `GET` has asked once more
 * - `GET stream`, `export`, `diagnostics`: as the local API has them
 *
 * Its links and forms are relative, so that the room is named nowhere in them.
 */
export function createPersonPage(options: PersonOptions): WebPage {
  const { app: name } = options;
  const room = createSecretRoom();
  const door: Door = {
    slot: 'person',
    path: '/',
    page: `${room}/`,
    rooms: [room],
    cookiePath: room,
    title: `Telemetry of ${name}`,
    hint: 'The token of this machine. Print it with:',
    command: `sotto token --app ${name}`,
    async check(token) {
      return toTokenCheck(await askForKnown(options, token, '/settings', SettingsAnswer));
    },
  };

  return {
    door,
    tab: { href: '/', label: 'This machine' },
    add(app, parts) {
      const inside = (route: Route) => behindDoor(parts, door, route);
      const answer = async (context: Context<WebEnv>, token: string, problem?: string) => {
        const view = await readView(options, token);
        if (view === undefined) return answerTokenRefused(context, parts, door);
        const page = <PersonPage context={context} parts={parts} view={view} problem={problem} />;
        if (problem !== undefined) return answerPage(context, page, 409);
        return answerPage(context, page, view.decision === undefined ? 502 : 200);
      };
      const answerSaved = (context: Context<WebEnv>, token: string, saved: Saved) => {
        if (saved.status === 'refused') return answerTokenRefused(context, parts, door);
        if (saved.status === 'failed') return answer(context, token, saved.text);
        return context.redirect(door.page, 303);
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
          return response.ok
            ? answerWhileSignedIn(context, parts, door, response, RETURNED)
            : answerRefusal(context, parts, response);
        };

      app.get('/', (context) => answerSignedOut(context, parts, door));
      app.use(`${room}/*`, async ({ req }, next) => {
        assertOwnReader({ site: req.header('sec-fetch-site') });
        await next();
      });
      app.get(
        door.page,
        inside((context, token) => answer(context, token)),
      );
      app.post(
        `${room}/settings`,
        inside(async (context, token) => {
          const { form } = context.var;
          const wanted = form.get('switch');
          if (!isSwitchName(wanted))
            return answer(context, token, 'There is no such switch. Nothing was changed.');
          const saved = await saveSwitch(options, token, wanted, form.get('enabled') === 'true');
          return answerSaved(context, token, saved);
        }),
      );
      app.post(
        `${room}/changes`,
        inside(async (context, token) => {
          const { form } = context.var;
          const isAccepted = form.get('answer') === 'accept';
          const version = form.get('version') ?? '';
          return answerSaved(context, token, await saveAnswerToChanges(options, token, version, isAccepted));
        }),
      );
      app.get(
        `${room}/clear`,
        inside((context) => answerPage(context, <ClearPage context={context} parts={parts} app={name} />)),
      );
      app.post(
        `${room}/clear`,
        inside(async (context, token) => {
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
      app.get(`${room}/stream`, inside(passOn('/stream')));
      app.get(`${room}/export`, inside(passOn('/export')));
      app.get(`${room}/diagnostics`, inside(passOn('/diagnostics')));
      // A room that is not there, or not any more, answers as one that is closed.
      app.get(`${SECRET_ROOMS}/*`, (context) =>
        tokenOf(context, door) === undefined ? answerSignedOut(context, parts, door) : context.notFound(),
      );
    },
  };
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
