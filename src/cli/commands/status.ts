import { CONSENT_SWITCHES, type Mode } from '../../consent/index.js';
import type { LossReason } from '../../store/index.js';
import { type Fact, formatFacts } from '../columns.js';
import { type CommandContext, type CommandDefinition, JSON_OPTION } from '../command.js';
import { EXIT } from '../exit-status.js';
import { hintAtCode } from '../hints.js';
import { countOf, formatBytes } from '../plain-text.js';
import { readStatus, type StatusReport } from '../read-status.js';
import { SWITCH_WORDS } from '../switches.js';

/** Whether anything is recorded or sent, and everything a bug report needs to say about it. */
export const status: CommandDefinition = {
  name: 'status',
  summary: 'show whether anything is recorded or sent, and why',
  options: [JSON_OPTION],
  run(context, { json = false }) {
    const { out } = context;
    const report = readStatus(context);
    if (json) out.json(report);
    else showStatus(report, context);
    hintAtCode(context);
    return EXIT.done;
  },
};

const MODES: Readonly<Record<Mode, string>> = {
  off: 'off',
  local: 'local: recorded for you to see, never sent',
  on: 'on',
};

function showStatus(report: StatusReport, { out, name }: CommandContext): void {
  const { mode, why, switches, warnings } = report;
  const sections: readonly (readonly Fact[])[] = [
    [
      ['Telemetry', MODES[mode]],
      ['Why', why.message],
      ['To change it', why.fix],
      ...factOf('Held back until you agree', describeHeld(report, name)),
    ],
    CONSENT_SWITCHES.map((name) => [SWITCH_WORDS[name].label, switches[name].enabled ? 'on' : 'off']),
    [
      ['Kept here', describeKept(report)],
      ['Sent', describeSent(report)],
      ...factOf('Waiting', describeWaiting(report)),
      ...factOf('Lost', describeLost(report)),
      ...factOf('Sent to', report.host),
    ],
    [
      ...factOf('Agreed', report.agreedAt),
      ...factOf('Refused', report.refusedAt),
      ...factOf('Installation', report.installId),
      ...pathOf('Your answer', report.consentFile),
      ...pathOf('Data', report.stateDirectory),
    ],
    warnings.map(({ source, rule }, index) => [
      index === 0 ? 'Warnings' : '',
      toSentence(`${source} ${rule}`),
    ]),
  ];
  out.line(out.bold(`Telemetry of ${report.app}`));
  out.lines(`\n${formatFacts(sections, out.width)}`);
}

/** No fact where there is nothing to tell. */
const factOf = (label: string, value: string | null): readonly Fact[] =>
  value === null ? [] : [[label, value]];

const pathOf = (label: string, path: string | null): readonly Fact[] => [
  [label, path ?? 'no place for it: you have no home directory'],
];

function describeHeld({ heldBack }: StatusReport, name: string): string | null {
  if (heldBack.length === 0) return null;
  const what = heldBack.includes('*') ? 'everything' : countOf(heldBack.length, 'field');
  return `${what} (${name} diff)`;
}

function describeKept({ recorded, files, bytes }: StatusReport): string {
  if (files === 0) return 'nothing';
  return `${countOf(recorded, 'event')} in ${countOf(files, 'file')} (${formatBytes(bytes)})`;
}

function describeSent({ sent, lastSentAt }: StatusReport): string {
  return lastSentAt === null ? 'nothing' : `${sent} of them, last at ${lastSentAt}`;
}

function describeWaiting({ waiting, notBefore }: StatusReport): string | null {
  if (waiting === 0) return null;
  const when = notBefore === null ? '' : `, not before ${notBefore}: the server could not be reached`;
  return `${countOf(waiting, 'event')}${when}`;
}

const LOSS_WORDS: Readonly<Record<LossReason, string>> = {
  too_large: 'too large for the server',
  rejected_by_server: 'refused by the server',
  record_torn: 'half-written',
};

function describeLost({ dropped }: StatusReport): string | null {
  const reasons = (Object.keys(LOSS_WORDS) as LossReason[]).filter((reason) => dropped[reason]);
  if (reasons.length === 0) return null;
  const total = reasons.reduce((sum, reason) => sum + (dropped[reason] ?? 0), 0);
  const parts = reasons.map((reason) => `${LOSS_WORDS[reason]} ${dropped[reason]}`);
  return `${countOf(total, 'event')}: ${parts.join(', ')}`;
}

/** A rule may end with a question: `…; did you mean batch_size?` */
const toSentence = (text: string) => (text.endsWith('?') ? text : `${text}.`);
