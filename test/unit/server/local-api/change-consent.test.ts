import { describe, expect, it } from 'vitest';
import { changeConsent } from '../../../../src/server/local-api/change-consent.js';

const NOT_STORED = new Error('not stored');

/** Whether telemetry was stopped in this process, and how often what was decided was followed, when nothing can be stored. */
function changeWhereNothingIsStored(answers: Parameters<typeof changeConsent>[1]) {
  const seen = { stopped: false, followed: 0 };
  const consent = {
    file: { status: () => 'usable' },
    places: [],
    store: {
      fail: () => {
        seen.stopped = true;
      },
    },
    answer: () => {
      throw NOT_STORED;
    },
  };
  const refresh = () => {
    seen.followed += 1;
  };
  expect(() => changeConsent({ consent, refresh } as never, answers)).toThrow(NOT_STORED);
  return seen;
}

describe('an answer that cannot be stored', () => {
  it('stops telemetry in this process when it is a no', () => {
    expect(changeWhereNothingIsStored({ telemetry: false })).toEqual({ stopped: true, followed: 1 });
  });

  it('stops nothing otherwise', () => {
    for (const answers of [{ telemetry: true }, { crashReporting: false }, {}])
      expect(changeWhereNothingIsStored(answers)).toEqual({ stopped: false, followed: 1 });
  });
});
