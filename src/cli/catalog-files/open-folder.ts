import { toAbsolutePath } from '../absolute-path.js';
import type { CommandContext, CommandInput } from '../command.js';
import { describeCatalogFiles } from './catalog-files.js';
import { lookAtFiles, type SeenFile } from './look-at-files.js';
import { readCode } from './read-code.js';

/** What stands in the folder that was typed, or in the working directory. @throws {UsageError} */
export function openFolder(context: CommandContext, { out = '.', host }: CommandInput): readonly SeenFile[] {
  const folder = toAbsolutePath(out, '--out', context.io);
  return lookAtFiles(folder, describeCatalogFiles(readCode(context, host)));
}
