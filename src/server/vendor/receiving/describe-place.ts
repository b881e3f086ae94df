import { REPORT_CATALOGUE } from '../../wire/reports/index.js';

/** Every name that a report can hold. */
const KNOWN: ReadonlySet<string> = new Set([
  ...REPORT_CATALOGUE.envelope.map(({ name }) => name),
  ...REPORT_CATALOGUE.collected.flatMap(({ lines }) =>
    lines.flatMap(({ name, labels }) => [name, ...labels]),
  ),
  'metrics',
  'analytics',
  'error_type',
  'count',
]);

/** Where something is in a report, as far as the catalogue knows the way. Pure. */
export function describePlace(path: readonly PropertyKey[]): string {
  const end = path.findIndex((part) => typeof part !== 'number' && !KNOWN.has(String(part)));
  const known = end === -1 ? path : path.slice(0, end);
  return known.length === 0 ? 'The report' : known.map(String).join('.');
}
