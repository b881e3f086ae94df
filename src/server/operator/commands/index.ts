import { z } from 'zod';
import { ConfigError } from '../../../internal/index.js';
import { LICENSE_COMMANDS, LICENSE_RESULTS } from './license-commands.js';
import { ORG_COMMANDS, ORG_RESULTS } from './org-commands.js';

/** What an operator can ask for. */
const OperatorCommandSchema = z.discriminatedUnion('command', [...ORG_COMMANDS, ...LICENSE_COMMANDS]);
export type OperatorCommand = z.infer<typeof OperatorCommandSchema>;
export type OperatorCommandName = OperatorCommand['command'];

/** What an operator is told, by what was asked for. */
export const OPERATOR_RESULTS = { ...ORG_RESULTS, ...LICENSE_RESULTS } satisfies Record<
  OperatorCommandName,
  z.ZodType
>;
export type OperatorResult<Name extends OperatorCommandName> = z.infer<(typeof OPERATOR_RESULTS)[Name]>;

/** @throws {ConfigError} `OPTION_INVALID` naming the rule that is broken, never the value */
export function parseOperatorCommand(value: unknown): OperatorCommand {
  const { success, data, error } = OperatorCommandSchema.safeParse(value);
  if (success) return data;
  const ownRule = error.issues.find(({ code }) => code === 'custom' || code === 'invalid_format')?.message;
  throw new ConfigError('OPTION_INVALID', ownRule ?? 'This is no command of an operator.');
}
