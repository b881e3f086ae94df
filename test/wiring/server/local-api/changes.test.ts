import { count, createTelemetry, defineEvent, type Telemetry, textCount } from 'sotto';
import { createLocalApi } from 'sotto/server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openConsent } from '../../../../src/client/index.js';
import { createWebApp } from '../../../../src/server/web/index.js';
import { openLocalApiToken } from '../../../../src/store/index.js';
import { hideSurroundings, temporaryDirectory, uniqueApp } from '../../../support/wiring.js';
import { FORM, HOST, ORIGIN, OWN, PAGE } from '../web/open-web.js';

const V1 = [defineEvent('edit', { layers: count() })];
const V2 = [defineEvent('edit', { layers: count(), title: textCount({ purpose: 'How long titles get.' }) })];
const JSON_TYPE = { 'content-type': 'application/json' };

/** A person who has agreed to the first version, and the local API of the second. */
async function openUpgraded() {
  const folder = await temporaryDirectory();
  const restoreSurroundings = hideSurroundings();
  const app = uniqueApp();
  const options = {
    app,
    posthog: { key: 'phc', host: 'http://127.0.0.1:9' },
    store: { directory: folder.path },
  };
  openConsent({ ...options, events: V1 }).optIn({ dryRun: true });
  const telemetry = createTelemetry({ ...options, events: V2 }) as Telemetry;
  onTestFinished(async () => {
    await telemetry.shutdown();
    restoreSurroundings();
    await folder[Symbol.asyncDispose]();
  });
  const api = createLocalApi(telemetry);
  const token = openLocalApiToken(folder.path);
  const call = async (path: string, body?: object) => {
    const response = await api.request(`http://localhost${path}`, {
      headers: { authorization: `Bearer ${token}`, ...JSON_TYPE },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests look at what came, whatever it is.
    return { status: response.status, json: (await response.json()) as any };
  };
  return { app, api, token, telemetry, call };
}

describe('what is collected besides what a person agreed to', () => {
  it('is told with what it means, and in the summary', async () => {
    const { call } = await openUpgraded();
    expect((await call('/changes')).json).toMatchObject({
      version: expect.stringMatching(/^[0-9a-f]{64}$/),
      is_known: true,
      is_declined: false,
      held_back: ['edit.title'],
      changes: [
        {
          path: 'edit.title',
          effect: 'widening',
          kind: 'new_field',
          before: null,
          text: 'edit.title: new, its length in characters; for: How long titles get.',
        },
      ],
    });
    expect((await call('/summary')).json.held_back).toEqual(['edit.title']);
  });

  it('is agreed to by the version that was shown, and by no other', async () => {
    const { call, telemetry } = await openUpgraded();
    const { version } = (await call('/changes')).json;
    const other = await call('/settings', { accept_catalogue: '0'.repeat(64) });
    expect(other).toMatchObject({ status: 409, json: { code: 'CATALOGUE_CHANGED' } });
    expect((await call('/changes')).json.held_back).toEqual(['edit.title']);

    expect((await call('/settings', { accept_catalogue: version })).status).toBe(200);
    expect((await call('/changes')).json).toMatchObject({ held_back: [], changes: [] });
    expect(telemetry.status().heldBack).toEqual([]);
  });

  it('stays as it was after a no', async () => {
    const { call } = await openUpgraded();
    const { version } = (await call('/changes')).json;
    expect((await call('/settings', { decline_catalogue: version })).status).toBe(200);
    expect((await call('/changes')).json).toMatchObject({ held_back: ['edit.title'], is_declined: true });
  });

  it.each(['', 'latest', 7])('cannot be agreed to as %j', async (accept_catalogue) => {
    const { call } = await openUpgraded();
    expect((await call('/settings', { accept_catalogue })).status).toBe(422);
  });
});

describe("the card on the person's page", () => {
  /** The page without a script, in front of a real local API. */
  async function openPage() {
    const opened = await openUpgraded();
    const { app } = createWebApp({
      person: {
        app: opened.app,
        basePath: '',
        localApi: async (request: Request) => opened.api.request(request),
      },
      schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
    } as never);
    const request = async (path: string, init: RequestInit = {}) =>
      app.request(`${ORIGIN}${path}`, { ...init, headers: { ...PAGE, host: HOST, ...init.headers } });
    const post = (path: string, fields: Record<string, string>, cookie = '') =>
      request(path, {
        method: 'POST',
        headers: { ...OWN, ...FORM, cookie },
        body: new URLSearchParams(fields).toString(),
      });
    const signedIn = await post('/sign-in', { token: opened.token });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const room = signedIn.headers.get('location') ?? '';
    const look = async () => (await request(room, { headers: { cookie } })).text();
    const fieldsOf = (html: string) => ({
      csrf: /name="csrf-token" content="([^"]+)"/.exec(html)?.[1] ?? '',
      version: /name="version" value="([^"]+)"/.exec(html)?.[1] ?? '',
    });
    const answer = (fields: Record<string, string>) => post(`${room}changes`, fields, cookie);
    return { ...opened, look, fieldsOf, answer };
  }

  it('shows what is more, and is gone once its person has agreed', async () => {
    const { look, fieldsOf, answer, telemetry } = await openPage();
    const html = await look();
    expect(html).toContain('The program now wants to collect more');
    expect(html).toContain('edit.title: new, its length in characters; for: How long titles get.');
    expect((await answer({ ...fieldsOf(html), answer: 'accept' })).status).toBe(303);
    expect(await look()).not.toContain('The program now wants to collect more');
    expect(telemetry.status().heldBack).toEqual([]);
  });

  it('keeps it as it is, and still offers a yes', async () => {
    const { look, fieldsOf, answer, telemetry } = await openPage();
    expect((await answer({ ...fieldsOf(await look()), answer: 'decline' })).status).toBe(303);
    const html = await look();
    expect(html).toContain('You have said that it stays as it was.');
    expect(html).toContain('Allow this too');
    expect(html).not.toContain('Keep it as it is');
    expect(telemetry.status().heldBack).toEqual(['edit.title']);
  });

  it('says so when the program has changed since it was shown', async () => {
    const { look, fieldsOf, answer, telemetry } = await openPage();
    const fields = { ...fieldsOf(await look()), version: 'f'.repeat(64), answer: 'accept' };
    const answered = await answer(fields);
    expect(answered.status).toBe(409);
    expect(await answered.text()).toContain('is not what was shown');
    expect(telemetry.status().heldBack).toEqual(['edit.title']);
  });
});
