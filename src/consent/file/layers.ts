import type { ConsentLayer, ConsentSwitch } from '../../settings/index.js';
import { CONSENT_SWITCHES, toSwitchWord } from '../switches.js';
import type { ConsentContent } from './content.js';
import { toShownPlace } from './place.js';
import { CONSENT_KEYS, type ConsentRecord } from './record.js';

export interface ConsentFileFacts {
  /** The path of the file, the home directory as `~`. */
  readonly shownPath: string;
  /** What a person types to decide, such as `acme telemetry`. */
  readonly command: string | undefined;
  /** Whether a notice counts as a yes unless somebody says no, and was shown before this run began. */
  readonly hasNoticeCounted: (record: ConsentRecord) => boolean;
}

type Decision = Pick<ConsentLayer, 'kind' | 'about'> & {
  readonly key: keyof ConsentRecord;
  /** What to type after the command, and what to write in the file, so that this is no longer said. */
  readonly typed: string;
  readonly written: boolean;
};

/** What a consent file says. Pure. */
export function toConsentFileLayers(
  content: ConsentContent,
  facts: ConsentFileFacts,
): readonly ConsentLayer[] {
  if (content.status !== 'usable') return [toUnreadable(content.status, facts)];
  const { record, text } = content;
  const toLayer = (decision: Decision): ConsentLayer => ({
    kind: decision.kind,
    about: decision.about,
    layer: 'consent_file',
    source: toShownPlace(facts.shownPath, text, CONSENT_KEYS[decision.key]),
    fix: toFix(decision, facts),
  });
  const layers = readDecisions(record).map(toLayer);
  return facts.hasNoticeCounted(record) ? [...layers, toNotice(text, facts)] : layers;
}

function readDecisions(record: ConsentRecord): readonly Decision[] {
  const { telemetryEnabled, dryRun } = record;
  const decisions: Decision[] = CONSENT_SWITCHES.flatMap((name) => readSwitch(name, record[name]));
  if (telemetryEnabled !== undefined)
    decisions.push(toDecision('telemetryEnabled', 'telemetry', telemetryEnabled));
  if (dryRun)
    decisions.push({ kind: 'local', about: 'telemetry', key: 'dryRun', typed: 'enable', written: false });
  return decisions;
}

function readSwitch(name: ConsentSwitch, enabled: boolean | undefined): readonly Decision[] {
  return enabled === undefined ? [] : [toDecision(name, name, enabled)];
}

function toDecision(key: keyof ConsentRecord, about: ConsentLayer['about'], enabled: boolean): Decision {
  const word = about === 'telemetry' ? '' : ` ${toSwitchWord(about)}`;
  const typed = `${enabled ? 'disable' : 'enable'}${word}`;
  return { kind: enabled ? 'yes' : 'off', about, key, typed, written: !enabled };
}

function toFix(
  { kind, about, key, typed, written }: Decision,
  { command, shownPath }: ConsentFileFacts,
): string {
  const deed =
    command === undefined
      ? `Set ${CONSENT_KEYS[key]} to ${written} in ${shownPath}`
      : `Run \`${command} ${typed}\``;
  if (kind !== 'yes') return `${deed}.`;
  return about === 'telemetry' ? `${deed} to turn telemetry off.` : `${deed} to turn it off.`;
}

function toNotice(text: string, { shownPath, command }: ConsentFileFacts): ConsentLayer {
  const deed = command === undefined ? 'Set DISABLE_TELEMETRY=1' : `Run \`${command} disable\``;
  return {
    kind: 'yes',
    about: 'telemetry',
    layer: 'notice',
    source: toShownPlace(shownPath, text, CONSENT_KEYS.noticeTimestamp),
    fix: `${deed} to turn telemetry off.`,
  };
}

function toUnreadable(
  status: 'broken' | 'unfit' | 'unreadable',
  { shownPath, command }: ConsentFileFacts,
): ConsentLayer {
  return {
    kind: 'off',
    about: 'telemetry',
    layer: 'consent_file_unreadable',
    source: shownPath,
    fix: toRepair(status, shownPath, command),
  };
}

function toRepair(
  status: 'broken' | 'unfit' | 'unreadable',
  shownPath: string,
  command: string | undefined,
): string {
  switch (status) {
    case 'broken':
      return command === undefined
        ? `Correct ${shownPath}, or remove it.`
        : `Run \`${command} enable\`, or \`${command} disable\` if that was a no; the file is kept aside.`;
    case 'unfit':
      return `Remove ${shownPath}: a plain file of at most 256 KB belongs there, yours, and writable by nobody else.`;
    case 'unreadable':
      return `Make ${shownPath} readable, or remove it.`;
    default:
      return status satisfies never;
  }
}
