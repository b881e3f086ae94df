import { FINDING_TEXTS, type Finding } from '../../store/index.js';
import type { Fact } from '../columns.js';
import { countOf } from '../plain-text.js';
import type { Verification } from './verification.js';

/** Of one file or one kind nobody reads more. */
const MAX_FINDINGS = 20;

/** What was checked, in numbers. */
export function toFacts(verification: Verification): readonly (readonly Fact[])[] {
  const { files, events, counts, torn, receipts, shown } = verification;
  const { sentWithReceipt, sentWithoutReceipt, dropped, waiting, local } = counts;
  return [
    [
      ['Files', String(files)],
      ['Events', String(events)],
      ['Sent, with a receipt', String(sentWithReceipt)],
      ['Sent, without one', describeUnproven(sentWithoutReceipt)],
      ['Dropped', String(dropped)],
      ['Waiting', String(waiting)],
      ['Kept here only', String(local)],
    ],
    [
      ['Receipts', describeReceipts(receipts)],
      ...(torn === 0 ? [] : [['Torn', describeTorn(torn)] as const]),
      ...(shown === undefined ? [] : [['Shown', `${countOf(shown, 'event')} compared`] as const]),
    ],
  ];
}

/** A finding on one line, and how many more there are. */
export function toFindingLines(findings: readonly Finding[]): readonly string[] {
  const lines = findings.slice(0, MAX_FINDINGS).map(describeFinding);
  const more = findings.length - lines.length;
  return more === 0 ? lines : [...lines, `And ${countOf(more, 'finding')} more: see --json.`];
}

function describeFinding({ code, file, line }: Finding): string {
  const place = line === undefined ? file : `${file}, ${code.startsWith('shown') ? 'event' : 'line'} ${line}`;
  return `${place}: ${FINDING_TEXTS[code]} (${code}).`;
}

function describeUnproven(count: number): string {
  return count === 0
    ? '0'
    : `${count}: acknowledged by a server that gives no receipts, such as PostHog, and verified up to that`;
}

function describeReceipts({ receipts, valid, notChecked }: Verification['receipts']): string {
  if (receipts === 0) return '0';
  if (notChecked > 0) return `${receipts}: signatures not checked: no key (name the server's with --keys)`;
  return `${receipts}: ${valid} signed by a given key`;
}

const describeTorn = (count: number): string =>
  `${countOf(count, 'line')} half written by a process that was killed or by a full disk, and covered by no hash`;
