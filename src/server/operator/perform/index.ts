import { type OperatorCommand, parseOperatorCommand } from '../commands/index.js';
import type { Operator } from '../operator.js';
import { performLicenses } from './perform-licenses.js';
import { performOrgs } from './perform-orgs.js';
import type { OperatorParts, Performers } from './performers.js';

export type { OperatorParts } from './performers.js';

const PERFORMERS: Performers = { ...performOrgs, ...performLicenses };

/** An operator who works on a database of this process. */
export function createOperator(parts: OperatorParts): Operator {
  return {
    perform: async (command) => {
      const parsed = parseOperatorCommand(command);
      // Its result belongs to its name, which types cannot follow here.
      const perform = PERFORMERS[parsed.command] as (
        parts: OperatorParts,
        command: OperatorCommand,
      ) => Promise<never>;
      return perform(parts, parsed);
    },
  };
}
