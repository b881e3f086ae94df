import { describe, expect, it } from 'vitest';
import { CrashCaptured, toCrashCaptured } from '../../../../src/events/standard/crash-captured.js';
import { toErrorOccurred } from '../../../../src/events/standard/error-occurred.js';
import type { ErrorDescription } from '../../../../src/privacy/index.js';
import { openDoor } from '../../privacy/support.js';

const DESCRIPTION: ErrorDescription = {
  type: 'TypeError',
  message: 'failed',
  category: 'unexpected',
  code: undefined,
  causes: [],
  frames: ['<external>'],
  fingerprint: '0123456789abcdef',
};
const FACTS = { uptimeSeconds: 12.9, rssBytes: 100 * 1_048_576 + 1, heapUsedBytes: 20 * 1_048_576 };

describe('the event of a crash', () => {
  it('says what an error says, how the crash came, and in what state the process was', () => {
    const context = { operation: 'index', tries: 3 };
    expect(openDoor().typed(toCrashCaptured(DESCRIPTION, 'unhandled_rejection', context, FACTS))).toEqual({
      ...openDoor().typed(toErrorOccurred(DESCRIPTION, context)),
      $signal: 'crash',
      origin: 'unhandled_rejection',
      diagnostic_info: { uptime_seconds: 12, rss_mb: 100, heap_used_mb: 20 },
    });
  });

  it('says so of this process unless told otherwise', () => {
    const properties = openDoor().typed(toCrashCaptured(DESCRIPTION, 'captured'));
    expect(properties).toMatchObject({
      diagnostic_info: { rss_mb: expect.any(Number), heap_used_mb: expect.any(Number) },
    });
  });

  it('cuts numbers that are too large', () => {
    const facts = { uptimeSeconds: 1e12, rssBytes: 1e18, heapUsedBytes: 1e18 };
    expect(openDoor().typed(toCrashCaptured(DESCRIPTION, 'captured', {}, facts))).toMatchObject({
      diagnostic_info: { uptime_seconds: 31_622_400, rss_mb: 16_777_216, heap_used_mb: 16_777_216 },
    });
  });

  it('says at the door nothing that it may not, whoever fills it in', () => {
    const door = openDoor();
    const info = { uptime_seconds: 'ada', rss_mb: -1, heap_used_mb: 1.5, user: 'ada' };
    expect(door.typed(Object.assign(new CrashCaptured(), { origin: 'ada', diagnostic_info: info }))).toEqual({
      $signal: 'crash',
      diagnostic_info: {},
    });
  });

  it('is sent in the name of the app', () => {
    const event = openDoor().sanitizer.typed(toCrashCaptured(DESCRIPTION, 'captured'), {
      uuid: '',
      distinctId: '',
      timestampMs: 0,
      common: {} as never,
    });
    expect(event?.event).toBe('acme_tool.crash');
  });
});
