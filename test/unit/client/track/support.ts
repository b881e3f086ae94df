import type { Recording, Trackable } from '../../../../src/client/track/index.js';
import { createTrack } from '../../../../src/client/track/index.js';
import { eventNameOnWire, modelOf } from '../../../../src/privacy/index.js';
import { openDoor } from '../../privacy/support.js';

export interface Heard {
  /** Name without the app, and what would leave. */
  readonly events: [name: string | undefined, properties: object | undefined][];
  readonly metrics: [name: string, measured: number | object][];
  readonly errors: [thrown: unknown, context: object | undefined][];
}

export interface Listening extends Heard {
  readonly recording: Recording;
  readonly track: ReturnType<typeof createTrack>;
  advance(ms: number): void;
}

/** A recording that keeps what it hears, and a clock that moves when it is told to. */
export function listen(onEvent: () => void = () => {}): Listening {
  let nowMs = 100;
  const door = openDoor();
  const heard: Heard = { events: [], metrics: [], errors: [] };
  const recording: Recording = {
    record: (event) => {
      const model = modelOf(event)?.event;
      const name = model && eventNameOnWire('app', { ...model, isPrefixed: false });
      heard.events.push([name, door.typed(event)]);
      onEvent();
    },
    metric: (name, measured) => heard.metrics.push([name, measured]),
    error: (thrown, context) => heard.errors.push([thrown, context]),
    isOn: () => true,
    tellsErrors: () => true,
    now: () => nowMs,
  };
  return {
    ...heard,
    recording,
    track: createTrack(recording),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

/** Everything in it throws. */
export const BROKEN: Recording = {
  record: refuse,
  metric: refuse,
  error: refuse,
  isOn: () => true,
  tellsErrors: refuse,
  now: refuse,
};

function refuse(): never {
  throw new Error('telemetry is broken');
}

/** What an adapter needs of a client; enabled until it is told otherwise. */
export function trackable(listening: Listening): Trackable & { enabled: boolean } {
  return { enabled: true, track: listening.track };
}
