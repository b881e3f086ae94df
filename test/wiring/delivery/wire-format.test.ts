import { afterEach, describe, expect, it, vi } from 'vitest';
import { openWiring } from '../../support/wiring.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ISO_MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a batch on the wire', () => {
  it.each(['', 'v0', 'v1'])('has the same form whatever POSTHOG_CAPTURE_MODE says: %j', async (mode) => {
    vi.stubEnv('POSTHOG_CAPTURE_MODE', mode);
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    telemetry.capture('first', { n: 1 });
    await telemetry.flush();
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        url: '/batch/',
        headers: { 'content-type': 'application/json' },
      },
    ]);
    expect(JSON.parse(server.requests[0]!.text)).toEqual({
      api_key: 'phc_wiring',
      sent_at: expect.stringMatching(ISO_MILLISECONDS),
      batch: [
        {
          event: 'first',
          distinct_id: telemetry.sessionId,
          uuid: expect.stringMatching(UUID),
          timestamp: expect.stringMatching(ISO_MILLISECONDS),
          properties: expect.objectContaining({ n: 1 }),
        },
      ],
    });
  });

  it('carries the time of the capture, not of the sending', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    const beforeMs = Date.now();
    telemetry.capture('first');
    const afterMs = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await telemetry.flush();
    const capturedMs = Date.parse(server.messages[0]!.timestamp);
    expect(capturedMs).toBeGreaterThanOrEqual(beforeMs);
    expect(capturedMs).toBeLessThanOrEqual(afterMs);
  });
});
