import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { trackExpress, trackFastify, trackHono } from '../../src/client/track/index.js';
import { openWiring } from '../support/wiring.js';

describe('work that a client tracks', () => {
  it('arrives as one histogram for each operation, however often it ran', async () => {
    await using wiring = await openWiring();
    const { track } = wiring.telemetry;
    for (let run = 0; run < 500; run += 1) track.span('search.rank', () => run);
    await expect(track.span('search.rank', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await wiring.telemetry.flush();
    const told = wiring.server.messages.map(({ event, properties }) => ({
      event: event.replace(/^app_[0-9a-f]{8}/, ''),
      operation: properties.operation_type,
      count: properties.count,
      succeeded: properties.succeeded,
    }));
    expect(told).toEqual([
      { event: '.performance.latency', operation: 'search.rank', count: 500, succeeded: true },
      { event: '.performance.latency', operation: 'search.rank', count: 1, succeeded: false },
    ]);
    expect(wiring.telemetry.status().dropped).toEqual({});
  });

  it('is a request as the adapters tell it', async () => {
    await using wiring = await openWiring();
    const app = new Hono();
    app.use(trackHono(wiring.telemetry));
    app.get('/contacts/:id', (c) => c.text(c.req.param('id')));
    await app.request('/contacts/jane');
    await wiring.telemetry.flush();
    const requests = wiring.server.messages.filter(({ event }) => event.endsWith('.api.request'));
    expect(requests.map(({ properties }) => properties)).toMatchObject([
      { endpoint: '/contacts/:id', method: 'GET', status: 200 },
    ]);
    expect(wiring.server.messages).toHaveLength(2);
    expect(JSON.stringify(wiring.server.messages)).not.toContain('jane');
    expect([trackExpress(wiring.telemetry), trackFastify(wiring.telemetry)]).toHaveLength(2);
  });
});
