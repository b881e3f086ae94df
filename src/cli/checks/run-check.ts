import type { Report } from 'sotto/testing';
import type { CommandInput, OptionDefinition, ServiceContext } from '../command.js';
import { JSON_OPTION } from '../command.js';
import { EXIT, UsageError } from '../exit-status.js';
import { loadTesting, type TestingModule } from '../load-testing.js';
import { fromHere } from './from-here.js';
import { showReport } from './show-report.js';
import { writeReports } from './write-reports.js';

/** Of checks that look at how the command ends. */
export const EXIT_CODE_OPTION: OptionDefinition = {
  flags: '--exit-code <n>',
  description: 'what the command ends with by itself; 0 unless given',
};

/** Options of every check of a maker's command. */
export const CHECK_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--junit <file>', description: 'write what was found as JUnit XML' },
  { flags: '--sarif <file>', description: 'write what was found as SARIF 2.1.0' },
  JSON_OPTION,
];

/** What a check is about. */
export interface CheckSubject {
  readonly app: string;
  /** What stands behind `--`, so that it can be run elsewhere. */
  readonly command: readonly string[];
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface CheckManner {
  /** How a person sees the report; a line for each check unless given. */
  readonly show?: typeof showReport;
  /** Whether what was not checked counts as failed. */
  readonly isStrict?: boolean;
}

/**
 * Run checks of a maker's command, and tell what was found.
 *
 * @returns the exit status: `failed` when a check is
 * @throws {UsageError} without an app or a command; what `check` throws
 */
export async function runCheck(
  context: ServiceContext,
  input: CommandInput,
  check: (testing: TestingModule, subject: CheckSubject) => Promise<Report>,
  { show = showReport, isStrict = false }: CheckManner = {},
): Promise<number> {
  const { out, io } = context;
  const subject = toSubject(context, input);
  const testing = await loadTesting();
  const report = await check(testing, subject);
  await writeReports(testing, report, input, io);
  if (input.json) out.json(report);
  else show(report, out);
  const isBad = ({ outcome: { status } }: Report['results'][number]) =>
    status === 'failed' || (isStrict && status === 'not_checked');
  return report.results.some(isBad) ? EXIT.failed : EXIT.done;
}

const APP = /^[a-z][a-z0-9_-]{0,39}$/;

function toSubject({ typedApp, io }: ServiceContext, { command = [] }: CommandInput): CheckSubject {
  if (typedApp === undefined || !APP.test(typedApp))
    throw new UsageError('Say which app is meant by its name in lower case, for example: --app acme');
  if (command.length === 0)
    throw new UsageError(
      'Type the command to check behind two hyphens, for example: -- node dist/acme.js report',
    );
  return { app: typedApp, command: fromHere(command, io), signal: io.interrupted };
}
