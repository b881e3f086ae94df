import type { ServiceCommandDefinition } from '../../command.js';
import { EXIT, UsageError } from '../../exit-status.js';
import { PLACES, withOperator } from '../../with-operator.js';

/** The way back from a stop of everybody. */
export const orgResume: ServiceCommandDefinition = {
  name: 'org resume',
  needsApp: false,
  summary: 'lift the stop of every organisation (--all)',
  details:
    'Lift the stop of `sotto org disable --all`: what each organisation has answered counts again, also a no that was given in the ' +
    'meantime, and for those without an answer TELEMETRY_DEFAULT. What happened during the stop is never counted.',
  options: [{ flags: '--all', description: 'every organisation; there is no other stop' }],
  run(context, { all = false }) {
    if (!all)
      throw new UsageError('A stop is of every organisation. To lift it, run `sotto org resume --all`.');
    const { out, err } = context;
    return withOperator(context, async (operator) => {
      const { changed } = await operator.perform({ command: 'resume_all' });
      out.line(changed ? `${out.tick}The stop is lifted.` : 'There was no stop to lift.');
      out.line(
        'What each organisation has answered counts, and for those without an answer TELEMETRY_DEFAULT. `sotto org status` shows it.',
      );
      err.line(`Kept in ${PLACES[operator.kind]}.`);
      return EXIT.done;
    });
  },
};
