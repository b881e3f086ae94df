import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../../src/server/serve/dispatch.js';

const saying = (text: string) => () => new Response(text);
const answer = createDispatch([
  { paths: ['/api/v1/config', '/api/v1/operator'], answer: saying('services') },
  { paths: ['/events'], answer: saying('ingest') },
]);
const textAt = async (path: string) => (await answer(new Request(`http://127.0.0.1${path}`))).text();

describe('several apps behind one address', () => {
  it.each([
    ['/api/v1/config', 'services'],
    ['/api/v1/config/me?org=x', 'services'],
    ['/api/v1/operator/', 'services'],
    ['/events', 'ingest'],
    ['/events/counts', 'ingest'],
  ])('give %s to %s', async (path, app) => {
    expect(await textAt(path)).toBe(app);
  });

  it.each(['/', '/eventsx', '/api/v1', '/api/v1/configuration', '/EVENTS', '//events', '/x/events'])(
    'know nothing of %s',
    async (path) => {
      const response = await answer(new Request(`http://127.0.0.1${path}`));
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'REQUEST_NOT_FOUND' });
    },
  );

  it('give the rest to whom it belongs', async () => {
    const all = createDispatch([{ paths: ['/events'], answer: saying('ingest') }], saying('web'));
    expect(await (await all(new Request('http://127.0.0.1/settings'))).text()).toBe('web');
  });

  it('hand on what is known of the connection', async () => {
    const env = { incoming: {} };
    const seen: unknown[] = [];
    const telling = createDispatch([
      {
        paths: ['/a'],
        answer: (_request, given) => {
          seen.push(given);
          return new Response();
        },
      },
    ]);
    await telling(new Request('http://127.0.0.1/a'), env);
    expect(seen).toEqual([env]);
  });
});
