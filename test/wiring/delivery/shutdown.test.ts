import { describe, expect, it } from 'vitest';
import { hangUp, neverAnswer } from '../../support/recording-server.js';
import { openWiring } from '../../support/wiring.js';

const DEADLINE_MS = 100;
/** A busy machine may be this many times slower than its clock says. */
const PATIENCE = 10;

describe('endSession', () => {
  it.each([
    ['never answers', neverAnswer],
    ['is gone', hangUp],
  ])('ends within the deadline of a shutdown when the server %s, and keeps what waits', async (_, answer) => {
    await using wiring = await openWiring({ delivery: { shutdownTimeoutMs: DEADLINE_MS, maxAttempts: 5 } });
    const { telemetry, server } = wiring;
    server.answer = answer;
    telemetry.startSession();
    telemetry.capture('first');
    const startMs = performance.now();
    await telemetry.endSession();
    expect(performance.now() - startMs).toBeLessThan(DEADLINE_MS * PATIENCE);
    expect(telemetry.status()).toMatchObject({ sent: 0, pending: 1, dropped: {} });
  });
});

describe('shutdown', () => {
  it('sends what waits', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.capture('first');
    await wiring.telemetry.shutdown();
    expect(wiring.telemetry.status()).toMatchObject({ sent: 1, pending: 0, dropped: {} });
    expect(wiring.server.messages).toHaveLength(1);
  });

  it('ends within its deadline against a server that never answers, and leaves the rest on disk', async () => {
    await using wiring = await openWiring({ delivery: { shutdownTimeoutMs: DEADLINE_MS } });
    const { telemetry, server } = wiring;
    server.answer = neverAnswer;
    telemetry.capture('first');
    telemetry.capture('second');
    const startMs = performance.now();
    await telemetry.shutdown();
    expect(performance.now() - startMs).toBeLessThan(DEADLINE_MS * PATIENCE);
    expect(telemetry.status()).toMatchObject({ sent: 0, pending: 0, left: 2, dropped: {} });
  });

  it('keeps to its deadline although a flush is under way, and gives up the request', async () => {
    await using wiring = await openWiring({ delivery: { shutdownTimeoutMs: DEADLINE_MS } });
    const { telemetry, server } = wiring;
    const closed = new Promise<void>((resolve) => {
      server.answer = (response) => response.on('close', resolve);
    });
    telemetry.capture('first');
    const flushed = telemetry.flush();
    await server.batchesArrived(1);
    const startMs = performance.now();
    await telemetry.shutdown();
    expect(performance.now() - startMs).toBeLessThan(DEADLINE_MS * PATIENCE);
    await closed;
    await flushed;
    expect(server.batches).toHaveLength(1);
  });

  it('does not wait at all with a deadline of zero', async () => {
    await using wiring = await openWiring({ delivery: { shutdownTimeoutMs: 0 } });
    wiring.server.answer = neverAnswer;
    wiring.telemetry.capture('first');
    await wiring.telemetry.shutdown();
    expect(wiring.telemetry.status()).toMatchObject({ pending: 0, left: 1, dropped: {} });
  });

  it('tries once more and no longer where the server is gone', async () => {
    await using wiring = await openWiring({ delivery: { maxAttempts: 5, shutdownTimeoutMs: 60_000 } });
    const { telemetry, server } = wiring;
    server.answer = hangUp;
    telemetry.capture('first');
    await telemetry.shutdown();
    expect(server.batches).toHaveLength(1);
    expect(telemetry.status()).toMatchObject({ pending: 0, left: 1, dropped: {} });
  });
});
