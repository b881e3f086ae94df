import type { CheckResult, Report } from '../report.js';
import { summarize, titleOf } from './summarize.js';

/** A report as JUnit writes one, for what CI systems show. What was not checked is skipped there. */
export function toJUnit(report: Report): string {
  const { passed, failed, not_checked: skipped } = summarize(report);
  const counts = { tests: passed + failed + skipped, failures: failed, errors: 0, skipped };
  const name = `sotto ${report.tool}`;
  const suite = element(
    'testsuite',
    { name, ...counts },
    report.results.map((result) => toCase(name, result)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name, ...counts }, [suite])}\n`;
}

function toCase(classname: string, result: CheckResult): string {
  const { outcome, promise } = result;
  const attributes = { classname, name: `${titleOf(result)}: ${promise}` };
  switch (outcome.status) {
    case 'passed':
      return element('testcase', attributes);
    case 'not_checked':
      return element('testcase', attributes, [element('skipped', { message: outcome.because })]);
    case 'failed': {
      const lines = outcome.findings.map(({ message, advice }) => `${message} ${advice}`);
      const failure = { message: outcome.findings[0]?.message ?? promise, type: result.check };
      return element('testcase', attributes, [element('failure', failure, [escapeXml(lines.join('\n'))])]);
    }
    default:
      return outcome satisfies never;
  }
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>` : `${start}>\n${content.join('\n')}\n</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** A text for XML, which has no place for most characters that steer, nor for halves of a pair. */
function escapeXml(text: string): string {
  return Buffer.from(text)
    .toString()
    .replaceAll(/[^\P{Cc}\n\t]|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(/[&<>"\n]/g, (character) => ENTITIES[character] ?? '');
}
