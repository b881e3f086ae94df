import { LIBRARY_VERSION } from '../../internal/index.js';
import type { CheckResult, Report } from '../report.js';
import { titleOf } from './summarize.js';

/** Findings are about a command, and what shows them wants a file: the one that says what the command is. */
const LOCATION = {
  physicalLocation: { artifactLocation: { uri: 'package.json' }, region: { startLine: 1 } },
};

/** A report as SARIF 2.1.0, for what shows findings beside code. What was not checked is a note of the run, and no result. */
export function toSarif(report: Report): object {
  const { tool, results } = report;
  const rules = new Map(results.map(({ check, promise }) => [check, promise]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: `sotto ${tool}`,
            version: LIBRARY_VERSION,
            rules: [...rules].map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: results.flatMap(toNotifications) },
        ],
        results: results.flatMap(toResults),
      },
    ],
  };
}

function toResults(result: CheckResult): readonly object[] {
  const { check, outcome } = result;
  if (outcome.status !== 'failed') return [];
  return outcome.findings.map(({ message, advice }) => ({
    ruleId: check,
    level: 'error',
    message: { text: `${titleOf(result)}: ${message} ${advice}` },
    locations: [LOCATION],
  }));
}

function toNotifications(result: CheckResult): readonly object[] {
  const { check, outcome } = result;
  if (outcome.status !== 'not_checked') return [];
  const text = `${titleOf(result)} was not checked. ${outcome.because}`;
  return [{ level: 'note', message: { text }, associatedRule: { id: check } }];
}
