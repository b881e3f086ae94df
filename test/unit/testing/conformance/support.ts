import type { Capture, Seen } from '../../../../src/testing/capture/index.js';
import type { ConformanceOptions } from '../../../../src/testing/conformance/index.js';
import type {
  Baseline,
  Observation,
  Outcome,
  Terms,
} from '../../../../src/testing/conformance/observation.js';
import { checkConformance } from '../../../../src/testing/conformance/run-conformance.js';
import { createMachine, type RunOptions } from '../../../../src/testing/machine/index.js';
import { fakeCapture, fakeResult } from '../fakes.js';

export const NOTHING: Seen = { connections: [], lookups: [] };

export const CONNECTION = {
  target: 'example.test:443',
  isReadable: true,
  requests: [
    {
      line: 'POST https://example.test/batch/?id=secret',
      headers: [],
      rawBody: Buffer.of(),
      body: Buffer.of(),
    },
  ],
  bytes: Buffer.of(),
};

/** A program that does the same with and without telemetry. */
export function observation(more: Partial<Outcome> = {}, seen: Seen = NOTHING): Observation {
  const performance = { outcomes: [fakeResult(more)] as const, seen, changed: [], ownFiles: [] };
  return { performance, twin: fakeResult(), delay: undefined };
}

export function terms(baseline: Partial<Baseline> = {}, more: Partial<Terms> = {}): Terms {
  return {
    baseline: {
      outcome: fakeResult(),
      medianDurationMs: 50,
      changed: [],
      restless: [],
      children: [],
      unstable: { stdout: [], stderr: [] },
      ...baseline,
    },
    budgetMs: 500,
    graceMs: 15_000,
    jsonFlag: '--json',
    expectsNothing: false,
    ignoreOutput: undefined,
    ...more,
  };
}

/** How a made-up program behaves, by what it was started with. */
export type Program = (options: RunOptions) => Partial<Outcome> | Promise<Partial<Outcome>>;

/** Conformance of a program that is no process. */
export function checkProgram(
  program: Program,
  options: Partial<ConformanceOptions> = {},
  capture: Partial<Capture> = {},
) {
  return checkConformance(
    { app: 'acme', command: ['acme'], ...options },
    {
      openCapture: async () => fakeCapture(capture),
      createMachine,
      runCommand: async (run) => fakeResult(await program(run)),
    },
  );
}
