import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toPostHogMessage } from '../../../../src/delivery/posthog/wire.js';
import { LIBRARY_NAME, LIBRARY_VERSION } from '../../../../src/internal/index.js';
import type { SanitizedEvent } from '../../../../src/privacy/index.js';

const event = (properties: object, common: object = {}): SanitizedEvent =>
  ({
    uuid: 'a-uuid',
    event: 'an_event',
    distinctId: 'an-id',
    timestampMs: Date.UTC(2026, 10, 21, 8, 30, 0, 7),
    properties,
    common,
  }) as SanitizedEvent;

describe('toPostHogMessage', () => {
  it('says what the event says, and the time in UTC with milliseconds', () => {
    expect(toPostHogMessage(event({ n: 1 }, { ci: false }))).toEqual({
      uuid: 'a-uuid',
      event: 'an_event',
      distinct_id: 'an-id',
      timestamp: '2026-11-21T08:30:00.007Z',
      properties: {
        n: 1,
        ci: false,
        $process_person_profile: false,
        $geoip_disable: true,
        $lib: LIBRARY_NAME,
        $lib_version: LIBRARY_VERSION,
      },
    });
  });

  it('puts the own properties of an event first, and lets them win over what is common to all', () => {
    const { properties } = toPostHogMessage(event({ b: 'own', a: 1 }, { b: 'common', c: 2 }));
    expect(Object.keys(properties).slice(0, 3)).toEqual(['b', 'a', 'c']);
    expect(properties.b).toBe('own');
  });

  it.each(['own', 'common'])('lets no %s property change what is fixed', (where) => {
    const claim = { $process_person_profile: true, $geoip_disable: false, $lib: 'x', $lib_version: 'x' };
    const { properties } = toPostHogMessage(where === 'own' ? event(claim) : event({}, claim));
    expect(properties).toEqual(toPostHogMessage(event({})).properties);
  });

  it('changes nothing of the event', () => {
    const frozen = Object.freeze({ n: 1 });
    expect(() => toPostHogMessage(event(frozen, frozen))).not.toThrow();
  });
});

describe('the name and version on the wire', () => {
  it('are those of package.json', () => {
    const text = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ name: LIBRARY_NAME, version: LIBRARY_VERSION });
  });
});
