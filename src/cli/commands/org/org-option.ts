import type { OptionDefinition } from '../../command.js';
import { UsageError } from '../../exit-status.js';

/** @param description - what the organisation is named for */
export const orgOption = (description: string): OptionDefinition => ({ flags: '--org <id>', description });

/** @throws {UsageError} where none was named @param command - how it is typed with one */
export function requireOrg(org: string | undefined, command: string): string {
  if (org !== undefined) return org;
  throw new UsageError(`Say which organisation is meant: \`${command}\`.`);
}
