import type { ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { describeResult, isDone } from './describe.js';
import { withCollector } from './with-collector.js';

/** A day's report once more, because its runs have changed since. */
export const collectorCorrect: ServiceCommandDefinition = {
  name: 'collector correct',
  needsApp: false,
  summary: 'send the report of a day once more, marked as a correction',
  details:
    'Count a day again and send its report as a correction, which takes the place of the one before. Nothing does that by itself: a run that ' +
    'ends late changes no report that was sent. Organisations that have said no since are not in it.',
  argument: { syntax: '<date>', description: 'a day in UTC that is over, such as 2026-01-11' },
  run(context, { args: [dateUtc = ''] }) {
    const { out } = context;
    return withCollector(context, async (collector) => {
      const correction = await collector.correct(dateUtc);
      const title = `Correction ${correction.revision} of ${correction.dateUtc}`;
      if (correction.status === 'requested') {
        out.line(`${title}: noted. The process that sends for this installation sends it.`);
        return EXIT.done;
      }
      out.line(`${title}: ${describeResult(correction.result)}.`);
      return isDone(correction.result) ? EXIT.done : EXIT.failed;
    });
  },
};
