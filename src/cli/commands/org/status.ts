import type { OperatorResult } from 'sotto/server';
import { type Fact, formatFacts } from '../../columns.js';
import { JSON_OPTION, type ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { toPrintable } from '../../plain-text.js';
import { type OpenedOperator, PLACES, withOperator } from '../../with-operator.js';
import { orgOption } from './org-option.js';

/** Who is counted, and who decided it. */
export const orgStatus: ServiceCommandDefinition = {
  name: 'org status',
  needsApp: false,
  summary: 'show which organisations are counted, and who decided it',
  options: [orgOption('show this one alone'), JSON_OPTION],
  run: (context, { org, json = false }) =>
    withOperator(context, async (operator) => {
      const { out } = context;
      const status = await operator.perform({ command: 'read_status', orgId: org ?? null });
      if (json) out.json(toReport(status));
      else out.lines(formatFacts([describeAll(status, operator.kind), describeOrgs(status)], out.width));
      return EXIT.done;
    }),
};

type Status = OperatorResult<'read_status'>;

function toReport({ stoppedAt, enabledByDefault, orgs }: Status): object {
  return {
    stopped_at: stoppedAt,
    enabled_by_default: enabledByDefault,
    orgs: orgs.map(({ orgId, answer, isCounted }) => ({
      org_id: orgId,
      telemetry_enabled: isCounted,
      answer: answer?.telemetryEnabled ?? null,
      updated_at: answer?.updatedAt ?? null,
      updated_by: answer?.updatedBy ?? null,
    })),
  };
}

function describeAll({ stoppedAt, enabledByDefault }: Status, kind: OpenedOperator['kind']): readonly Fact[] {
  return [
    ['Database', PLACES[kind]],
    [
      'Stop',
      stoppedAt === null
        ? 'none'
        : `since ${stoppedAt}: nobody is counted. \`sotto org resume --all\` lifts it.`,
    ],
    ['Without an answer', `${toWord(enabledByDefault)}, as TELEMETRY_DEFAULT says`],
  ];
}

function describeOrgs({ orgs }: Status): readonly Fact[] {
  if (orgs.length === 0) return [['Organisations', 'none is known here']];
  return orgs.map(({ orgId, answer, isCounted }) => [
    toPrintable(orgId),
    `${toWord(isCounted)}; ${answer === null ? 'has not answered' : describeAnswer(answer)}`,
  ]);
}

function describeAnswer({
  telemetryEnabled,
  updatedAt,
  updatedBy,
}: NonNullable<Status['orgs'][number]['answer']>) {
  return `answered ${toWord(telemetryEnabled)} at ${updatedAt}${updatedBy === null ? '' : ` by ${updatedBy}`}`;
}

const toWord = (enabled: boolean) => (enabled ? 'on' : 'off');
