import { basename } from 'node:path';
import { digestOfContent } from '../../privacy/index.js';
import { listSessions } from '../ledger/list-sessions.js';
import { readLedgerFile } from '../ledger/read-session.js';
import { peekWaiting } from '../spool/list-waiting.js';
import { type CheckedFile, checkFile, type LineFinding } from './check-file.js';
import { checkReceipts } from './check-receipts.js';
import type { Finding } from './finding.js';

/** A receipt of the ledger, and where it stands. */
export interface KeptReceipt {
  readonly file: string;
  readonly line: number;
  readonly receipt: string;
}

/** What became of the events of the ledger: each is counted once. */
export interface EventCounts {
  readonly sentWithReceipt: number;
  /** By a server that gives none, such as PostHog. */
  readonly sentWithoutReceipt: number;
  readonly dropped: number;
  /** To be sent. */
  readonly waiting: number;
  /** Never to be sent. */
  readonly local: number;
}

/** What a ledger proves of itself. */
export interface LedgerProof {
  readonly files: number;
  readonly events: number;
  readonly counts: EventCounts;
  /** Lines that a process left half written when it was killed: they hold nothing that was sent. */
  readonly torn: number;
  /** Their signatures are not looked at here. */
  readonly receipts: readonly KeptReceipt[];
  /** The digest of every event, by its uuid. */
  readonly digests: ReadonlyMap<string, string>;
  /** What events say, without when and to whom: see `digestOfContent`. Empty unless asked for. */
  readonly contents: ReadonlySet<string>;
  /** In the order of files and lines. */
  readonly findings: readonly Finding[];
}

/**
 * Check every file of the ledger: each line by its hash, the lines of a file by their chain, and what servers signed by what stands
 * there. One file at a time is in memory, but for its receipts and digests. Never throws.
 *
 * @param directory - the state directory
 */
export function proveLedger(
  directory: string | undefined,
  { withContents = false }: { readonly withContents?: boolean } = {},
): LedgerProof {
  const waiting = peekWaiting(directory ?? '').map(({ fileName }) => fileName);
  const proof = new Proof(new Set(waiting), withContents);
  for (const { path } of listSessions(directory)) {
    const file = readLedgerFile(path);
    // Removed meanwhile: retention has taken it, or the person.
    if (file.status === 'absent') continue;
    proof.add(basename(path), file.status === 'found' ? checkFile(file.bytes) : undefined);
  }
  return proof.result();
}

type Counts = { -readonly [Name in keyof EventCounts]: number };

class Proof {
  readonly #waiting: ReadonlySet<string>;
  readonly #withContents: boolean;
  readonly #counts: Counts = { sentWithReceipt: 0, sentWithoutReceipt: 0, dropped: 0, waiting: 0, local: 0 };
  readonly #receipts: KeptReceipt[] = [];
  readonly #digests = new Map<string, string>();
  readonly #contents = new Set<string>();
  readonly #findings: Finding[] = [];
  #files = 0;
  #torn = 0;

  /** @param waiting - names of the files with events that wait to be sent */
  constructor(waiting: ReadonlySet<string>, withContents: boolean) {
    this.#waiting = waiting;
    this.#withContents = withContents;
  }

  /** @param checked - undefined for a file that cannot be read */
  add(file: string, checked: CheckedFile | undefined): void {
    this.#files += 1;
    if (!checked) {
      this.#findings.push({ code: 'file_unreadable', file });
      return;
    }
    const found = [...checked.findings, ...this.#addDigests(checked), ...checkReceipts(checked)];
    found.sort((a, b) => a.line - b.line);
    for (const { line, code } of found) this.#findings.push({ code, file, line });
    for (const { line, content } of checked.receipts)
      if (content.receipt !== undefined) this.#receipts.push({ file, line, receipt: content.receipt });
    if (this.#withContents)
      for (const { content } of checked.records) this.#contents.add(digestOfContent(content));
    this.#torn += checked.torn;
    this.#count(checked, this.#waiting.has(file) ? 'waiting' : 'local');
  }

  result(): LedgerProof {
    return {
      files: this.#files,
      events: Object.values(this.#counts).reduce((sum, count) => sum + count, 0),
      counts: this.#counts,
      torn: this.#torn,
      receipts: this.#receipts,
      digests: this.#digests,
      contents: this.#contents,
      findings: this.#findings,
    };
  }

  /** An event that was lost and written again is the same one; with two contents it could be shown by one and sent by the other. */
  #addDigests({ records }: CheckedFile): readonly LineFinding[] {
    return records.flatMap(({ line, content: { uuid }, digest }) => {
      const known = this.#digests.get(uuid) ?? digest;
      this.#digests.set(uuid, known);
      return known === digest ? [] : [{ line, code: 'event_twice' }];
    });
  }

  /** An event that was sent was sent, whatever else is said of it. */
  #count({ records, receipts, drops }: CheckedFile, otherwise: 'waiting' | 'local'): void {
    const ends = new Map<string, keyof EventCounts>(
      records.map(({ content: { uuid } }) => [uuid, otherwise]),
    );
    const end = (uuids: readonly string[], as: keyof EventCounts) => {
      for (const uuid of uuids) if (ends.has(uuid)) ends.set(uuid, as);
    };
    for (const { content } of drops) end(content, 'dropped');
    const [proven, others] = [
      receipts.filter(({ content: { receipt } }) => receipt !== undefined),
      receipts.filter(({ content: { receipt } }) => receipt === undefined),
    ];
    for (const { content } of others) end(content.uuids, 'sentWithoutReceipt');
    for (const { content } of proven) end(content.uuids, 'sentWithReceipt');
    for (const as of ends.values()) this.#counts[as] += 1;
  }
}
