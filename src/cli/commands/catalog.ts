import { renderDetails } from '../../consent/dialogue/index.js';
import { checkCatalog, writeCatalog } from '../catalog-files/index.js';
import { type CommandDefinition, JSON_OPTION } from '../command.js';
import { consentTextOf } from '../consent-text-of.js';
import { EXIT, UsageError } from '../exit-status.js';
import { hintAtCode, hintAtEvents } from '../hints.js';

/** What may leave at all, told from the same rules that reduce the events. */
export const catalog: CommandDefinition = {
  name: 'catalog',
  summary: 'show everything that may be collected, field by field',
  details:
    'Show everything that may be collected, field by field. With --write it is written into the files TELEMETRY.md and ' +
    'telemetry-catalogue.json of a project, and between the marks <!-- telemetry --> and <!-- /telemetry --> of its ' +
    'README.md. With --check nothing is written, and the exit status is 1 where one of them says something else.',
  options: [
    JSON_OPTION,
    { flags: '--write', description: 'write it into the files of a project' },
    { flags: '--check', description: 'look whether those files are up to date' },
    { flags: '--out <dir>', description: 'where they are; the working directory unless given' },
    { flags: '--force', description: 'replace files that this command has not written' },
    { flags: '--host <address>', description: 'who receives the events, where the code does not say it' },
  ],
  run(context, input) {
    const { consent, out } = context;
    const { json = false, write = false, check = false } = input;
    if (Number(json) + Number(write) + Number(check) > 1)
      throw new UsageError('One of --json, --write and --check can be done at a time.');
    if (write) return writeCatalog(context, input);
    if (check) return checkCatalog(context, input);
    if (json) out.json(consent.catalogue());
    else out.lines(renderDetails(consentTextOf(context), out.style).trim());
    hintAtCode(context);
    hintAtEvents(context);
    return EXIT.done;
  },
};
