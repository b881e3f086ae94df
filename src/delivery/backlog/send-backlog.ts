import type { SanitizedEvent } from '../../privacy/index.js';
import {
  finishWaiting,
  type Lease,
  listWaiting,
  readWaiting,
  type SpoolNote,
  settleWaiting,
  standsInLedger,
  type WaitingFile,
} from '../../store/index.js';
import type { Rest } from '../rest.js';
import { sendBatch } from '../send-batch.js';
import type { Outcome, Sink } from '../sink.js';
import { takeTurns } from './take-turns.js';

export interface BacklogEffects {
  readonly now: () => number;
  readonly rest: Rest;
  /** The way for the events of a note. Opens nothing before the first request. */
  readonly connect: (note: SpoolNote) => Recipient;
  /** So many half-written lines of killed processes were passed over. */
  readonly countTorn: (count: number) => void;
}

/** Where the events of a note go. */
export interface Recipient {
  readonly sink: Sink;
  /** Asked before every request: may they be sent? Not now, or, where the consent they were recorded under is over, never. */
  readonly ask: () => 'yes' | 'not_now' | 'never';
}

/** Of one request. What has waited is sent in fewer and larger requests than what a program records as it goes. */
const BATCH_SIZE = 100;

/**
 * Send what processes that ended have left in a state directory: the oldest file first, and all files in turns, so that one
 * with much in it does not hold up the others. Each batch is tried once; at the first that cannot be sent, all stop.
 *
 * @param lease - held by the caller; when somebody else has it now, nothing more is sent
 * @param tried - names of files to pass over; those that were looked into are added
 * @param signal - ends it; the request under way is given up
 * @remarks Never rejects. What a server accepted is noted in the ledger at once, so that whoever goes on later sends the rest
 *   only. An event whose acceptance could not be noted is sent again, with the same uuid.
 */
export async function sendBacklog(
  directory: string,
  lease: Lease,
  tried: Set<string>,
  effects: BacklogEffects,
  signal: AbortSignal,
): Promise<void> {
  const recipientOf = createRecipients(effects.connect, signal);
  for (;;) {
    const files = listWaiting(directory).filter(({ fileName }) => !tried.has(fileName));
    if (files.length === 0) return;
    for (const { fileName } of files) tried.add(fileName);
    for (const turn of takeTurns(files.map((file) => readInBatches(directory, file)))) {
      if (signal.aborted || effects.rest.waitMs > 0 || !lease.renew()) return;
      const result = await sendTurn(directory, turn, recipientOf(turn.file.note), effects);
      if (result === 'stop' || signal.aborted) return;
      if (result === 'settled' && turn.isLast) finish(directory, turn, effects);
    }
  }
}

/** A batch of one file. */
interface Turn {
  readonly file: WaitingFile;
  readonly events: readonly SanitizedEvent[];
  readonly isLast: boolean;
  /** Half-written lines in the file. */
  readonly torn: number;
}

/** Read at its first turn. A file without any has one turn all the same, by which it is found to be done. */
function* readInBatches(directory: string, file: WaitingFile): Generator<Turn> {
  const { events, torn } = readWaiting(directory, file.fileName) ?? { events: [], torn: 0 };
  for (let start = 0; start === 0 || start < events.length; start += BATCH_SIZE) {
    const isLast = start + BATCH_SIZE >= events.length;
    yield { file, events: events.slice(start, start + BATCH_SIZE), isLast, torn };
  }
}

/** Counted once: a file that is looked into again later has its half-written lines still. */
function finish(directory: string, { file: { fileName }, torn }: Turn, { countTorn }: BacklogEffects): void {
  finishWaiting(directory, fileName);
  if (torn > 0) countTorn(torn);
}

async function sendTurn(
  directory: string,
  { file: { fileName }, events }: Turn,
  { sink, ask }: Recipient,
  { now, rest }: BacklogEffects,
): Promise<'settled' | 'left' | 'stop'> {
  const settle = (some: readonly SanitizedEvent[], outcome: Outcome) => {
    const uuids = some.map(({ uuid }) => uuid);
    settleWaiting(directory, fileName, uuids, outcome, now());
  };
  // The person may have cleared their data since it was read.
  if (events.length === 0 || !standsInLedger(directory, fileName)) return 'settled';
  const answer = ask();
  if (answer === 'not_now') return 'left';
  if (answer === 'never') {
    settle(events, 'consent_off');
    return 'settled';
  }
  const send = (batch: readonly SanitizedEvent[]) => sink.send(batch);
  const { kept, afterMs, isUnreachable } = await sendBatch(events, { send, maySend: () => true, settle });
  if (kept.length === 0) {
    rest.succeed();
    return 'settled';
  }
  // Asked once more by the sink: then nothing was tried.
  if (ask() !== 'yes') return 'left';
  rest.fail(afterMs, isUnreachable);
  return 'stop';
}

/** One for all files with equal notes. */
function createRecipients(connect: BacklogEffects['connect'], signal: AbortSignal) {
  const recipients = new Map<string, Recipient>();
  signal.addEventListener('abort', () => {
    for (const { sink } of recipients.values()) sink.abort();
  });
  return (note: SpoolNote): Recipient => {
    const key = JSON.stringify(note);
    const known = recipients.get(key);
    if (known) return known;
    const recipient = connect(note);
    recipients.set(key, recipient);
    return recipient;
  };
}
