import { describe, expect, it } from 'vitest';
import { CHECKS, type CheckName } from '../../../../src/testing/conformance/checks.js';
import type { Observation, Terms } from '../../../../src/testing/conformance/observation.js';
import { fakeResult } from '../fakes.js';
import { CONNECTION, NOTHING, observation, terms } from './support.js';

const judge = (name: CheckName, seen: Observation, by: Terms = terms()) => CHECKS[name].judge(seen, by);

const statusOf = (name: CheckName, seen: Observation, by?: Terms) => judge(name, seen, by).status;

/** With more than one thing of what an observation has. */
function changed(more: Partial<Observation['performance']>): Observation {
  const usual = observation();
  return { ...usual, performance: { ...usual.performance, ...more } };
}

const child = (...args: string[]) => ({ pid: 7, args, isNoted: true });

describe('while telemetry is off', () => {
  it('one connection is too much, even one that says nothing', () => {
    const silent = { ...CONNECTION, requests: [] };
    for (const connection of [CONNECTION, silent])
      expect(
        statusOf('no-requests-when-off', observation({}, { connections: [connection], lookups: [] })),
      ).toBe('failed');
    expect(statusOf('no-requests-when-off', observation())).toBe('passed');
  });

  it('a request is told without its query', () => {
    const seen = observation({}, { connections: [CONNECTION], lookups: [] });
    const text = JSON.stringify(judge('no-requests-when-off', seen));
    expect(text).toContain('POST https://example.test/batch/?…');
    expect(text).not.toContain('secret');
  });

  it('look-ups that cannot be seen are never taken for none', () => {
    const blind = { ...NOTHING, lookups: undefined };
    expect(statusOf('no-lookups-when-off', observation({}, blind))).toBe('not_checked');
    const seeing = { ...NOTHING, lookups: ['example.test'] };
    expect(statusOf('no-lookups-when-off', observation({}, seeing))).toBe('failed');
    expect(statusOf('no-lookups-when-off', observation())).toBe('passed');
  });

  it('files count that the command does not change anyway', () => {
    const seen = changed({ changed: ['./home/.cache/acme'] });
    expect(statusOf('no-files-when-off', seen)).toBe('failed');
    expect(statusOf('no-files-when-off', seen, terms({ changed: ['./home/.cache/acme'] }))).toBe('passed');
    expect(statusOf('no-files-when-off', seen, terms({ restless: ['./home/.cache'] }))).toBe('passed');
  });

  it('files of the telemetry count always, also where the command makes them without it', () => {
    const own = ['./home/.local/share/acme/telemetry/id'];
    const seen = changed({ changed: own, ownFiles: own });
    expect(statusOf('no-files-when-off', seen, terms({ changed: own }))).toBe('failed');
  });

  it('children count that the command does not start anyway', () => {
    const seen = observation({ children: [child('git', 'status'), child('node', 'flush.js')] });
    const result = judge('no-children-when-off', seen, terms({ children: ['git status'] }));
    expect(JSON.stringify(result)).toContain('node flush.js');
    expect(JSON.stringify(result)).not.toContain('git status');
    expect(statusOf('no-children-when-off', observation({ children: undefined }))).toBe('not_checked');
  });
});

describe('what a person sees', () => {
  it('is held against the same command without telemetry', () => {
    expect(statusOf('same-output', observation({ stdout: 'done\nThank you!\n' }))).toBe('failed');
    expect(statusOf('same-output', observation({ stdout: '' }))).toBe('failed');
    expect(statusOf('same-output', observation({ stdout: 'done\ndone\n' }))).toBe('failed');
    expect(statusOf('quiet-errors', observation({ stderr: 'acme: offline\n' }))).toBe('failed');
    expect(statusOf('same-exit-code', observation({ status: 3 }))).toBe('failed');
    expect(statusOf('same-exit-code', observation({ status: null, signal: 'SIGTERM' }))).toBe('failed');
    for (const name of ['same-output', 'quiet-errors', 'same-exit-code'] as const)
      expect(statusOf(name, observation())).toBe('passed');
  });

  it('is not compared where it differs by itself, unless such lines are named', () => {
    const restless = terms({ unstable: { stdout: ['Took 7 ms'], stderr: [] } });
    expect(statusOf('same-output', observation({ stdout: 'Took 9 ms\n' }), restless)).toBe('not_checked');
    const named = terms({}, { ignoreOutput: /^Took/ });
    expect(statusOf('same-output', observation({ stdout: 'Took 9 ms\ndone\n' }), named)).toBe('passed');
    expect(statusOf('same-output', observation({ stdout: 'Took 9 ms\nmore\n' }), named)).toBe('failed');
  });
});

describe('JSON', () => {
  const json = (stdout: string, expected: string) => ({
    ...observation({ stdout }),
    twin: fakeResult({ stdout: expected }),
  });

  it.each([
    ['{"at": 1}\n', '{"at": 2}\n', 'passed'],
    ['notice\n{"at": 1}\n', '{"at": 2}\n', 'failed'],
    ['{"notice": 1}\n{"at": 1}\n', '{"at": 2}\n', 'failed'],
    ['{"notice": 1}\n{"at": 1}\n{"at": 2}\n', '{"at": 1}\n{"at": 2}\n', 'failed'],
    ['', '{"at": 2}\n', 'failed'],
    ['3 words\n', '3 words\n', 'not_checked'],
  ])('%j in the place of %j: %s', (stdout, expected, status) => {
    expect(statusOf('json-output', json(stdout, expected))).toBe(status);
  });
});

describe('the end of a command', () => {
  it('may be later by the budget, and no more', () => {
    const delayed = (withMs: number) => ({ ...observation(), delay: { withMs, withoutMs: 10, runs: 3 } });
    expect(statusOf('exit-budget', delayed(510))).toBe('passed');
    expect(statusOf('exit-budget', delayed(511))).toBe('failed');
    expect(JSON.stringify(judge('exit-budget', delayed(3_010)))).toContain('3000 ms later');
    expect(statusOf('exit-budget', observation())).toBe('not_checked');
  });

  it('leaves no process behind', () => {
    const left = observation({ survivors: [child('node', 'server.js')] });
    expect(statusOf('no-surviving-child', left)).toBe('failed');
    expect(statusOf('no-surviving-child', observation())).toBe('passed');
    expect(statusOf('no-surviving-child', observation({ survivors: undefined }))).toBe('not_checked');
  });

  it('comes by Ctrl-C as it does without telemetry, and as soon', () => {
    const interrupted = fakeResult({ status: null, signal: 'SIGINT', afterSignalMs: 4 });
    const with_ = (more: Partial<typeof interrupted>): Observation => ({
      ...observation({ ...interrupted, ...more }),
      twin: interrupted,
    });
    expect(statusOf('ends-on-sigint', with_({}))).toBe('passed');
    expect(statusOf('ends-on-sigint', with_({ status: 130, signal: null }))).toBe('passed');
    expect(statusOf('ends-on-sigint', with_({ status: 0, signal: null }))).toBe('passed');
    expect(statusOf('ends-on-sigint', with_({ status: 1, signal: null }))).toBe('failed');
    expect(statusOf('ends-on-sigint', with_({ afterSignalMs: 600 }))).toBe('failed');
    expect(statusOf('ends-on-sigint', with_({ afterSignalMs: undefined }))).toBe('not_checked');
  });

  it('is that of one alone for each of two', () => {
    const two = (second: Parameters<typeof fakeResult>[0]) =>
      changed({ outcomes: [fakeResult(), fakeResult(second)] });
    expect(statusOf('same-when-two-at-once', two({}))).toBe('passed');
    expect(statusOf('same-when-two-at-once', two({ status: 4 }))).toBe('failed');
    expect(statusOf('same-when-two-at-once', two({ stdout: 'waiting\n' }))).toBe('failed');
  });
});

describe('telemetry that never ran', () => {
  it('fails, because nothing is proven by it, unless that was said before', () => {
    expect(statusOf('telemetry-ran', observation())).toBe('failed');
    expect(statusOf('telemetry-ran', observation(), terms({}, { expectsNothing: true }))).toBe('not_checked');
    const sent = observation({}, { connections: [CONNECTION], lookups: [] });
    expect(statusOf('telemetry-ran', sent)).toBe('passed');
  });
});
