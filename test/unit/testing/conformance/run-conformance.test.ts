import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCENES } from '../../../../src/testing/conformance/scenes.js';
import type { RunOptions } from '../../../../src/testing/machine/index.js';
import { checkProgram } from './support.js';

const isOff = ({ env }: RunOptions) => env?.DISABLE_TELEMETRY === '1';

describe('conformance of a command', () => {
  it('runs every scene once unless some are named, and reports in their order', async () => {
    const report = await checkProgram(() => ({}));
    expect([...new Set(report.results.map(({ scene }) => scene))]).toEqual(SCENES.map(({ name }) => name));
    const some = await checkProgram(() => ({}), { scenes: ['json', 'ci'] });
    expect([...new Set(some.results.map(({ scene }) => scene))]).toEqual(['ci', 'json']);
  });

  it('refuses a scene that there is not, and names those that there are', async () => {
    await expect(checkProgram(() => ({}), { scenes: ['nowhere'] })).rejects.toThrow(/nowhere.*do-not-track/s);
  });

  it('refuses a command that does not end, and one that ends otherwise than it should', async () => {
    await expect(checkProgram(() => ({ hasTimedOut: true }))).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
    await expect(checkProgram(() => ({ status: 127, stderr: 'not found\n' }))).rejects.toThrow('not found');
    const failing = checkProgram(() => ({ status: 2 }), { exitCode: 2, scenes: ['ci'] });
    expect((await failing).results.every(({ outcome }) => outcome.status === 'passed')).toBe(true);
  });

  it('compares with the same surroundings, where programs may behave differently without telemetry too', async () => {
    const program = ({ env }: RunOptions) => ({ stdout: env?.CI ? 'plain\n' : 'colours\n' });
    const report = await checkProgram(program, { scenes: ['ci', 'do-not-track'] });
    expect(report.results.filter(({ outcome }) => outcome.status === 'failed')).toEqual([]);
  });

  it('says each no against a yes, so that nothing else keeps telemetry off', async () => {
    const answers: boolean[] = [];
    await checkProgram(
      (run) => {
        if (!isOff(run)) answers.push(existsSync(join(run.machine.stateDirectory, 'telemetry_config.json')));
        return {};
      },
      { scenes: ['do-not-track', 'marker-file', 'agent'] },
    );
    expect(answers).toEqual([true, true, true]);
  });

  it('takes the median of runs in turn, so that one slow run says nothing', async () => {
    let runs = 0;
    const program = (run: RunOptions) => {
      if (isOff(run)) return {};
      runs += 1;
      return { exitMs: runs === 2 ? 9_000 : 20 };
    };
    const { results } = await checkProgram(program, { scenes: ['server-slow'] });
    expect(runs).toBe(3);
    expect(results.find(({ check }) => check === 'exit-budget')?.outcome).toEqual({ status: 'passed' });
  });

  it('never runs two scenes at once that are timed', async () => {
    let running = 0;
    let most = 0;
    await checkProgram(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        return {};
      },
      { scenes: ['server-answers', 'server-resets'] },
    );
    expect(most).toBe(1);
  });

  it('throws everything away when it is aborted', async () => {
    const stop = new AbortController();
    let disposed = 0;
    const roots: string[] = [];
    const running = checkProgram(
      ({ machine, abort }) => {
        roots.push(machine.root);
        if (roots.length === 5) stop.abort(new Error('interrupted'));
        abort?.throwIfAborted();
        return {};
      },
      { signal: stop.signal },
      {
        [Symbol.asyncDispose]: async () => {
          disposed += 1;
        },
      },
    );
    await expect(running).rejects.toThrow('interrupted');
    expect(disposed).toBeGreaterThan(0);
    expect(roots.filter((root) => existsSync(root))).toEqual([]);
  });
});
