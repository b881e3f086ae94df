import { HEADING } from '../checks/heading.js';
import { toNumber } from '../checks/number-option.js';
import { CHECK_OPTIONS, EXIT_CODE_OPTION, runCheck } from '../checks/run-check.js';
import type { ServiceCommandDefinition } from '../command.js';

/** Whether anything about a person gets out of a maker's program. */
export const leaktest: ServiceCommandDefinition = {
  name: 'leaktest',
  needsApp: 'sometimes',
  heading: HEADING,
  takesCommand: true,
  summary: 'run a command where all that is known of its user is made up, and look for it in all that leaves',
  details:
    'Run a command on a machine that is made up for it: the names of its user, host and directory, a git remote, an e-mail address, secrets in ' +
    'variables and files. All telemetry of the app is switched on, and everything that is sent arrives at a server of this command. None of the ' +
    'made-up values may be in it: not plain, encoded, hashed or in part. Type {canary} where an argument should be one of them.',
  options: [
    {
      flags: '--allow-children <names>',
      description: 'programs whose arguments are the work of the command, such as git,rg',
    },
    { flags: '--expect-nothing', description: 'the command is known to send nothing' },
    {
      flags: '--no-tools-over-privacy',
      description: 'leave out the second yes, under which the text of a query may leave',
    },
    EXIT_CODE_OPTION,
    ...CHECK_OPTIONS,
  ],
  run: (context, input) =>
    runCheck(context, input, (testing, subject) =>
      testing.runLeaktest({
        ...subject,
        allowedChildren: input.allowChildren?.split(',').map((name) => name.trim()) ?? [],
        ...toNumber('exitCode', '--exit-code', input.exitCode),
        expectsNothing: input.expectNothing ?? false,
        toolsOverPrivacy: input.toolsOverPrivacy ?? true,
      }),
    ),
};
