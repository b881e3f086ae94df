import { SERVICE_VARIABLES } from '../src/settings/index.js';
import { code, table } from './markdown.js';

const HEADINGS = ['variable', 'what it says', 'unless set', 'must be'];

/** The table of what the services of an operator read from their environment. */
export function servicesSection(): string {
  const rows = Object.values(SERVICE_VARIABLES).map(({ variable, meaning, otherwise, rule }) => [
    code(variable),
    meaning,
    otherwise,
    rule,
  ]);
  return table(HEADINGS, rows);
}
