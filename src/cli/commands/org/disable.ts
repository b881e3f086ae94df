import type { ServiceCommandDefinition, ServiceContext } from '../../command.js';
import { EXIT, UsageError } from '../../exit-status.js';
import { PLACES, withOperator } from '../../with-operator.js';
import { orgOption } from './org-option.js';

/** A no, for one organisation or in an emergency for all. It is done at once. */
export const orgDisable: ServiceCommandDefinition = {
  name: 'org disable',
  needsApp: false,
  summary: 'stop telemetry for every organisation (--all), or for one',
  details:
    'Stop telemetry for every organisation with --all, also for those that have never answered or come later: nobody is counted and ' +
    'nothing is sent, and no organisation can switch it on, until `sotto org resume --all`. With --org: give that organisation the ' +
    'answer no, which its own admins can change. Needs no restart, and may be run twice.',
  options: [
    { flags: '--all', description: 'every organisation, known or not' },
    orgOption('this organisation alone'),
  ],
  run(context, { all = false, org }) {
    if (all === (org !== undefined))
      throw new UsageError(
        'Say who is meant: `sotto org disable --all` for every organisation, or `sotto org disable --org <id>` for one.',
      );
    return org === undefined ? stopAll(context) : disableOne(context, org);
  },
};

function stopAll(context: ServiceContext): Promise<number> {
  const { out, err } = context;
  return withOperator(context, async (operator) => {
    const { changed } = await operator.perform({ command: 'stop_all' });
    out.line(`${out.tick}Telemetry is stopped for every organisation${changed ? '' : ', as it was before'}.`);
    out.line(
      'Nobody is counted and nothing is sent, also for organisations that have never answered or come later, until you run `sotto org resume --all`.',
    );
    err.line(`Kept in ${PLACES[operator.kind]}.`);
    return EXIT.done;
  });
}

function disableOne(context: ServiceContext, orgId: string): Promise<number> {
  const { out, err } = context;
  return withOperator(context, async (operator) => {
    const { changed, wasKnown } = await operator.perform({
      command: 'set_answer',
      orgId,
      telemetryEnabled: false,
    });
    out.line(`${out.tick}Telemetry is off for ${orgId}${changed ? '' : ', as it was before'}.`);
    out.line('It is not counted from now on. Its own admins can change that: with --all nobody can.');
    if (!wasKnown)
      err.line(
        'This organisation was not known here until now. If that was a typing error, the one you meant is still as it was.',
      );
    err.line(`Kept in ${PLACES[operator.kind]}.`);
    return EXIT.done;
  });
}
