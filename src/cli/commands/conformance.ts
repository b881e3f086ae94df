import { HEADING } from '../checks/heading.js';
import { toNumber } from '../checks/number-option.js';
import { CHECK_OPTIONS, EXIT_CODE_OPTION, runCheck } from '../checks/run-check.js';
import { showScenes } from '../checks/show-scenes.js';
import type { CommandInput, ServiceCommandDefinition } from '../command.js';
import { UsageError } from '../exit-status.js';
import { createProgress } from '../progress.js';

/** Whether a maker's program behaves: off is off, and on harms nobody. */
export const conformance: ServiceCommandDefinition = {
  name: 'conformance',
  needsApp: 'sometimes',
  heading: HEADING,
  takesCommand: true,
  summary:
    'run a command under every opt-out and in every bad surrounding, and compare it with itself without telemetry',
  details:
    'Run a command some hundred times on machines that are made for it: under every way to say no, where not a connection, name, file or ' +
    'process may be seen; and with telemetry on, where servers are silent, homes read-only and disks full. Its output and exit code must be ' +
    'those of the command with DISABLE_TELEMETRY=1, and its end no later than the budget. What this machine cannot check is told, and counts as ' +
    'failed with --strict. The command must end by itself and ask nothing.',
  options: [
    {
      flags: '--budget-ms <n>',
      description: 'how much later than without telemetry the command may end; 500 unless given',
    },
    {
      flags: '--grace-ms <n>',
      description: 'how long its helpers may go on after its end; 15000 unless given',
    },
    { flags: '--timeout-ms <n>', description: 'how long one run may take; 30000 unless given' },
    EXIT_CODE_OPTION,
    { flags: '--json-flag <flag>', description: 'what makes the command print JSON; --json unless given' },
    {
      flags: '--ignore-output <regexp>',
      description: 'lines that differ from run to run anyway, such as times',
    },
    { flags: '--only <scenes>', description: 'names of scenes, such as do-not-track,server-black-hole' },
    { flags: '--expect-nothing', description: 'the command is known to send nothing' },
    { flags: '--strict', description: 'what cannot be checked here counts as failed' },
    ...CHECK_OPTIONS,
  ],
  run(context, input) {
    const options = toOptions(input);
    const progress = createProgress(context.err, 'Scenes');
    return runCheck(
      context,
      input,
      (testing, subject) =>
        testing
          .runConformance({ ...subject, ...options, onScene: (_, done, total) => progress.show(done, total) })
          .finally(() => progress.end()),
      { show: showScenes, isStrict: input.strict ?? false },
    );
  },
};

function toOptions({ only, jsonFlag, ignoreOutput, expectNothing, ...input }: CommandInput) {
  return {
    ...toNumber('budgetMs', '--budget-ms', input.budgetMs),
    ...toNumber('graceMs', '--grace-ms', input.graceMs),
    ...toNumber('timeoutMs', '--timeout-ms', input.timeoutMs),
    ...toNumber('exitCode', '--exit-code', input.exitCode),
    ...(jsonFlag !== undefined && { jsonFlag }),
    ...(ignoreOutput !== undefined && { ignoreOutput: toPattern(ignoreOutput) }),
    ...(only !== undefined && { scenes: only.split(',').map((name) => name.trim()) }),
    expectsNothing: expectNothing ?? false,
  };
}

function toPattern(typed: string): RegExp {
  try {
    return new RegExp(typed, 'u');
  } catch {
    throw new UsageError(
      'The value of --ignore-output is no regular expression. One is: --ignore-output "^Took"',
    );
  }
}
