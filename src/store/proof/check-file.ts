import { closeLine, hashAlone, hashInChain } from '../ledger/close-line.js';
import { type LedgerLine, type LedgerReceipt, type LedgerRecord, parseLine } from '../ledger/lines.js';
import { type OpenLine, reopenLine } from '../ledger/open-line.js';
import type { FindingCode } from './finding.js';
import { isCutOff } from './is-cut-off.js';

/** A line that does not hold. From 1. */
export interface LineFinding {
  readonly line: number;
  readonly code: FindingCode;
}

/** A line of the ledger that could be read. */
export interface ReadLine<Content> {
  readonly line: number;
  readonly content: Content;
}

export interface ReadRecord extends ReadLine<LedgerRecord> {
  /** Of its event, as it stands there. */
  readonly digest: string;
}

/** What a file of the ledger holds, and which of its lines are not as they were written. */
export interface CheckedFile {
  readonly findings: readonly LineFinding[];
  readonly records: readonly ReadRecord[];
  readonly receipts: readonly ReadLine<LedgerReceipt>[];
  readonly drops: readonly ReadLine<readonly string[]>[];
  /** Lines that were half written. */
  readonly torn: number;
}

const NEWLINE = 0x0a;
const HASH = /,"hash":"([0-9a-f]{64})"\}$/;

/**
 * Check every line of a file of the ledger against its hash, and the chain that they form.
 *
 * @param bytes - of the whole file
 * @remarks After a line that does not hold the chain is followed from what that line says, so that each is told of once.
 */
export function checkFile(bytes: Uint8Array): CheckedFile {
  const checker = new FileChecker();
  for (const [index, line] of linesOf(bytes).entries()) checker.take(line, index + 1);
  return checker.result();
}

class FileChecker {
  readonly #findings: LineFinding[] = [];
  readonly #records: ReadRecord[] = [];
  readonly #receipts: ReadLine<LedgerReceipt>[] = [];
  readonly #drops: ReadLine<readonly string[]>[] = [];
  readonly #hashes = new Set<string>();
  #torn = 0;
  /** The hash of the last line of the chain. */
  #last: string | undefined;

  take(bytes: Uint8Array, line: number): void {
    const text = toText(bytes);
    const read = text === undefined ? undefined : parseLine(text);
    const open = read && reopen(read);
    if (text === undefined || read === undefined || open === undefined) this.#takeUnread(bytes, line);
    else this.#takeRead(text, read, open, line);
  }

  result(): CheckedFile {
    return {
      findings: this.#findings,
      records: this.#records,
      receipts: this.#receipts,
      drops: this.#drops,
      torn: this.#torn,
    };
  }

  #takeUnread(bytes: Uint8Array, line: number): void {
    if (isCutOff(bytes)) this.#torn += 1;
    else this.#findings.push({ line, code: 'line_changed' });
  }

  #takeRead(text: string, read: LedgerLine, open: OpenLine, line: number): void {
    const hash = HASH.exec(text)?.[1];
    const code = this.#whyNot(text, open, hash);
    if (code) this.#findings.push({ line, code });
    if (hash !== undefined) this.#hashes.add(hash);
    this.#keep(read, open, line);
    const isAlone = isEnd(open) && hash === hashAlone(open);
    if (!isAlone && hash !== undefined) this.#last = hash;
  }

  /** @returns undefined for a line that holds */
  #whyNot(text: string, open: OpenLine, hash: string | undefined): FindingCode | undefined {
    if (hash === undefined || closeLine(open, hash) !== `${text}\n`) return 'line_changed';
    if (this.#hashes.has(hash)) return 'line_twice';
    if (open.kind === 'header') return hash === hashAlone(open) ? undefined : 'line_changed';
    if (isEnd(open) && hash === hashAlone(open)) return undefined;
    const isNext = this.#last !== undefined && hash === hashInChain(this.#last, open);
    return isNext ? undefined : 'chain_broken';
  }

  #keep(read: LedgerLine, { digest }: OpenLine, line: number): void {
    if (read.kind === 'record') this.#records.push({ line, content: read.record, digest });
    if (read.kind === 'receipt') this.#receipts.push({ line, content: read.receipt });
    if (read.kind === 'drop') this.#drops.push({ line, content: read.drop.uuids });
  }
}

const isEnd = ({ kind }: OpenLine): boolean => kind === 'receipt' || kind === 'drop';

/** Undefined for what cannot be written as JSON again: a number beyond all bounds, or thousands of levels. */
function reopen(read: LedgerLine): OpenLine | undefined {
  try {
    return reopenLine(read);
  } catch {
    return undefined;
  }
}

/** Undefined for what is no text: decoded anyway it could come to the same as another. */
function toText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return start === bytes.length ? lines : [...lines, bytes.subarray(start)];
}
