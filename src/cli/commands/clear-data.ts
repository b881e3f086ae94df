import { toShownPath } from '../../internal/index.js';
import { clearData as clear } from '../../store/index.js';
import { type CommandDefinition, YES_OPTION } from '../command.js';
import { confirm, requireAnswer } from '../confirm.js';
import { EXIT } from '../exit-status.js';
import { countOf } from '../plain-text.js';
import { createProgress } from '../progress.js';

/** Deletes what is kept for its user to see. What was sent has left. */
export const clearData: CommandDefinition = {
  name: 'clear-data',
  summary: 'delete what was recorded and counted here',
  details:
    'Delete what was recorded and counted here: events, also those that still wait to be sent, counters, crash reports and ' +
    'diagnostics files. Your answer about telemetry stays as it is, and what was sent before has left this machine.',
  options: [YES_OPTION],
  async run(context, { yes = false }) {
    const { consent, out, err } = context;
    if (!yes) {
      requireAnswer(context, 'clear-data');
      err.line(
        `This deletes everything that was recorded and counted in ${toShownPath(consent.directory ?? 'no place')}.`,
      );
      if (!(await confirm(context))) {
        out.line('Data not cleared.');
        return EXIT.done;
      }
    }
    const progress = createProgress(err, 'Deleting');
    const isForgotten = consent.forgetWaiting();
    const { deletedFiles, failed } = clear(consent.directory, progress.show);
    progress.end();
    out.line(`${out.tick}Deleted ${countOf(deletedFiles, 'file')}.`);
    if (!isForgotten)
      err.line(
        'Programs that are running may still send what they hold: they could not be told. Close them, and try again.',
      );
    if (failed.length === 0) return isForgotten ? EXIT.done : EXIT.failed;
    err.line('These could not be deleted. Look at their permissions, and try again:');
    for (const name of failed) err.line(`  ${name}`);
    return EXIT.failed;
  },
};
