import { expect, it } from 'vitest';
import { signalOf } from '../../../../src/delivery/otlp/signal-of.js';
import {
  buildCounter,
  buildError,
  buildEvent,
  buildGauge,
  buildHistogram,
  buildSpan,
  fromLedger,
  recordOf,
} from './events.js';

it.each([buildEvent, buildError, buildSpan, buildGauge, buildCounter, buildHistogram])(
  'knows the signal of an event that its record has, from memory and from the ledger: %#',
  (build) => {
    const event = build(1);
    expect(signalOf(event)).toBe(recordOf(event).signal);
    expect(signalOf(fromLedger(event))).toBe(recordOf(event).signal);
  },
);
