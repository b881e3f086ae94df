import { describe, expect, it } from 'vitest';
import { openWiring } from '../../support/wiring.js';

const BURST = 50_000;

describe('a burst', () => {
  it('of 50,000 captures arrives completely, in order, each event once', async () => {
    await using wiring = await openWiring({
      delivery: { batchSize: 500, maxQueueSize: BURST, requestTimeoutMs: 60_000 },
    });
    const { telemetry, server } = wiring;
    for (let n = 0; n < BURST; n += 1) telemetry.capture('numbered', { n });
    await telemetry.flush();

    const { batches } = server;
    const messages = batches.flatMap(({ batch }) => batch);
    expect(batches.every(({ batch }) => batch.length === 500)).toBe(true);
    expect(messages.every(({ properties }, index) => properties.n === index)).toBe(true);
    expect(new Set(messages.map(({ uuid }) => uuid)).size).toBe(BURST);
    expect(telemetry.status()).toMatchObject({ recorded: BURST, sent: BURST, pending: 0, dropped: {} });
  });

  it('beyond the limit of the queue is left on disk, and what was taken arrives', async () => {
    await using wiring = await openWiring({ delivery: { maxQueueSize: 100 } });
    const { telemetry, server } = wiring;
    for (let n = 0; n < 250; n += 1) telemetry.capture('numbered', { n });
    await telemetry.flush();
    expect(server.messages.map(({ properties }) => properties.n)).toEqual([...Array(100).keys()]);
    expect(telemetry.status()).toMatchObject({ recorded: 250, sent: 100, left: 150, dropped: {} });
  });
});
