import type { Database } from '../../db/contract.js';
import type { OperatorCommand, OperatorCommandName, OperatorResult } from '../commands/index.js';

export interface OperatorParts {
  readonly database: Pick<Database, 'orgs' | 'tokens' | 'licenses'>;
  /** Whether an organisation that has given no answer is counted. */
  readonly enabledByDefault: boolean;
}

/** How each command is done. */
export type Performers = {
  readonly [Name in OperatorCommandName]: (
    parts: OperatorParts,
    command: Extract<OperatorCommand, { command: Name }>,
  ) => Promise<OperatorResult<Name>>;
};
