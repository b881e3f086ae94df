import { fieldsInFewWords } from '../../consent/dialogue/index.js';
import type { Catalogue } from '../../events/index.js';
import { toCode, toTable, toWords } from './markdown.js';
import { TELEMETRY_MD } from './names.js';

const [START, END] = ['<!-- telemetry -->', '<!-- /telemetry -->'];

/** From mark to mark; of one that nobody has closed its first line, so that nothing of the maker's is taken for ours. */
const PART =
  /^<!-- telemetry -->[ \t]*\n((?:(?!^<!-- telemetry -->)[\s\S])*?^<!-- \/telemetry -->[ \t]*$)?/gm;

/** A README with its parts filled; undefined for one that has none. Filling it again changes nothing. */
export function fillReadme(readme: string, catalogue: Catalogue): string | undefined {
  let isMarked = false;
  const filled = readme.replace(PART, (_part, rest: string | undefined) => {
    isMarked = true;
    return `${START}\n\n${toPart(catalogue)}\n\n${END}${rest === undefined ? '\n' : ''}`;
  });
  return isMarked ? filled : undefined;
}

function toPart({ events, version }: Catalogue): string {
  const rows = events.map(({ name, fields, purpose = '', undeclared }) => [
    toCode(name),
    toWords(`${fieldsInFewWords(fields) || 'that it happened'}${undeclared === 'plain' ? ' and more' : ''}`),
    toWords(purpose),
  ]);
  return [
    toTable(['event', 'what leaves', 'what it is for'], rows),
    `Everything about it, field by field, is in [${TELEMETRY_MD}](${TELEMETRY_MD}), version ${toCode(version.slice(0, 12))}.`,
  ].join('\n\n');
}
