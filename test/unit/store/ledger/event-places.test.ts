import { describe, expect, it } from 'vitest';
import { EventPlaces } from '../../../../src/store/ledger/event-places.js';
import { Place } from '../../../../src/store/ledger/place.js';
import { SessionFile } from '../../../../src/store/ledger/session-file.js';
import { buildEvent, MORNING, STARTED_MS } from './support.js';

const START = { sessionStartedAtMs: STARTED_MS, startedAtMs: STARTED_MS, part: 1, appVersion: undefined };
const PLACE = new Place(new SessionFile({ ...START, session: MORNING }), STARTED_MS, 0);
const LATER = new Place(PLACE.file, STARTED_MS, 1);

describe.each([true, false])('the place of an event (all are forgotten: %s)', (areForgotten) => {
  it('is known until it is forgotten, at once or later', () => {
    const places = new EventPlaces(areForgotten);
    const [first, second] = [buildEvent(1), buildEvent(2)];
    places.set(first, PLACE);
    places.set(second, PLACE);
    places.forget(first);
    places.settleIn();
    expect([first, second].map((event) => places.get(event))).toEqual([undefined, PLACE]);
    places.forget(second);
    expect(places.get(second)).toBeUndefined();
  });

  it('is the last one that was said', () => {
    const places = new EventPlaces(areForgotten);
    const event = buildEvent(1);
    places.set(event, PLACE);
    places.settleIn();
    places.set(event, LATER);
    expect(places.get(event)).toBe(LATER);
    places.settleIn();
    expect(places.get(event)).toBe(LATER);
  });
});
