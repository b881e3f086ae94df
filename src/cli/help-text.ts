import { describeAppCommand } from './create-telemetry-command.js';
import { createProgramTree } from './program-tree.js';
import { createWriter } from './writer.js';

/**
 * What `--help` prints, for documents. Pure.
 *
 * @param command - the name of a command; the list of commands unless given
 */
export function helpText(app = 'acme', command?: string): string {
  const nowhere = createWriter({ write: () => {} }, { width: 80, color: false, unicode: true });
  const definition = describeAppCommand(app, `${app} telemetry`);
  const program = createProgramTree(definition, { out: nowhere, err: nowhere }, async () => {});
  const told = command === undefined ? program : program.commands.find((child) => child.name() === command);
  return told?.helpInformation() ?? '';
}
