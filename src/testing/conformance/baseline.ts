import { ConfigError } from '../../internal/index.js';
import { parentOf, startedBy } from './checks-when-off.js';
import { unstableLines } from './compare-lines.js';
import { median } from './median.js';
import type { Baseline, Outcome, Performance } from './observation.js';
import { describeEnd } from './outcomes.js';
import { perform, type Stage } from './perform.js';
import { sayNo } from './say.js';
import type { Scene } from './scene.js';

const RUNS = 3;
const MAX_SHOWN = 200;

/** An ordinary machine, on which telemetry is off. */
const ORDINARY: Scene = { name: 'baseline', checks: [], said: sayNo };

/**
 * What the command does by itself, and how steadily.
 *
 * @throws {ConfigError} `OPTION_INVALID` where it does not end as it should: of a command that fails, nothing can be shown
 */
export async function measureBaseline(
  stage: Stage,
  ignored: RegExp | undefined,
  exitCode: number,
): Promise<Baseline> {
  const performances: Performance[] = [];
  while (performances.length < RUNS) {
    const performance = await perform(stage, ORDINARY, 'twin', 0).catch(asUnstartable);
    const [outcome] = performance.outcomes;
    if (outcome.hasTimedOut) throw neverEnds(stage.timeoutMs);
    if (outcome.status !== exitCode) throw endsOtherwise(outcome, exitCode);
    performances.push(performance);
  }
  return toBaseline(performances, ignored);
}

function toBaseline(performances: readonly Performance[], ignored: RegExp | undefined): Baseline {
  const outcomes = performances.map(({ outcomes: [outcome] }) => outcome);
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('There is at least one run.');
  const unstable = (stream: 'stdout' | 'stderr') =>
    unstableLines(
      outcomes.map((each) => each[stream]),
      ignored,
    );
  const changed = performances.map((performance) => performance.changed);
  return {
    outcome,
    medianDurationMs: median(outcomes.map(({ durationMs }) => durationMs)),
    changed: [...new Set(changed.flat())],
    restless: changed
      .flat()
      .filter((name) => !changed.every((names) => names.includes(name)))
      .map(parentOf),
    children: performances.flatMap((performance) => startedBy(performance) ?? []),
    unstable: { stdout: unstable('stdout'), stderr: unstable('stderr') },
  };
}

function asUnstartable(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT' && error.code !== 'EACCES') throw error;
  throw new ConfigError(
    'OPTION_INVALID',
    `The command cannot be started (${error.code}). Is it installed, and may it be run?`,
  );
}

function endsOtherwise(outcome: Outcome, exitCode: number): ConfigError {
  const [said = ''] = outcome.stderr.trim().split('\n');
  return new ConfigError(
    'OPTION_INVALID',
    `The command ended with ${describeEnd(outcome)} while telemetry was off${said && `: ${said.slice(0, MAX_SHOWN)}`}. ` +
      `Name one that ends with exit code ${exitCode}, or say which one is right: --exit-code <n>. It runs in an empty project: ` +
      'files that it needs have to be among its arguments.',
  );
}

function neverEnds(timeoutMs: number): ConfigError {
  return new ConfigError(
    'OPTION_INVALID',
    `The command has not ended within ${timeoutMs / 1_000} s while telemetry was off, so that there is nothing to compare with. ` +
      'Name a command that ends by itself and asks nothing.',
  );
}
