import { type Lease, listWaiting, type SpoolNote } from '../../store/index.js';
import { isolate, type Trial } from './isolate.js';
import { createRecipients, type Recipient, type Recipients } from './recipient.js';
import { createEnds, sendTurn, type TurnEffects, type TurnResult } from './send-turn.js';
import { takeTurns } from './take-turns.js';
import { finishFile, readInBatches, type Turn } from './turn.js';

export interface BacklogEffects extends TurnEffects {
  /** The way for the events of a note. Opens nothing before the first request. */
  readonly connect: (note: SpoolNote) => Recipient;
}

/**
 * Send what processes that ended have left in a state directory: the oldest file first, and all files in turns, so that one
 * with much in it does not hold up the others. A server that cannot be reached, or that fails twice in a row, is left alone
 * for now; the others go on. One event that a server fails at, while it takes others, is dropped as `rejected_by_server`.
 *
 * @param lease - held by the caller; when somebody else has it now, nothing more is sent
 * @param tried - names of files to pass over; those that were looked into are added
 * @param signal - ends it; the request under way is given up
 * @remarks Never rejects. What a server accepted is noted in the ledger at once, so that whoever goes on later sends the rest
 *   only. Where that cannot be noted all stops; another process then sends it again, with the same uuid.
 */
export async function sendBacklog(
  directory: string,
  lease: Lease,
  tried: Set<string>,
  effects: BacklogEffects,
  signal: AbortSignal,
): Promise<void> {
  const recipients = createRecipients(effects.connect);
  const run = new BacklogSender({ directory, lease, recipients, effects, signal });
  signal.addEventListener('abort', recipients.abort);
  try {
    while (!run.isOver) {
      const files = listWaiting(directory).filter(({ fileName }) => !tried.has(fileName));
      if (files.length === 0) return;
      for (const { fileName } of files) tried.add(fileName);
      const queues = files.map((file) => readInBatches(directory, file, recipients.of(file.note)));
      for (const suspect of await run.sendInTurns(queues)) await run.isolate(suspect);
    }
  } finally {
    // The signal may be one of a long life.
    signal.removeEventListener('abort', recipients.abort);
  }
}

interface SenderParts {
  readonly directory: string;
  readonly lease: Lease;
  readonly recipients: Recipients;
  readonly effects: BacklogEffects;
  readonly signal: AbortSignal;
}

class BacklogSender {
  readonly #parts: SenderParts;
  /** Where something was taken. */
  readonly #well = new Set<string>();
  #hasStopped = false;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  get isOver(): boolean {
    return this.#hasStopped || this.#parts.signal.aborted || !this.#parts.lease.renew();
  }

  /** @returns the batches at which a server failed that is not left alone for it */
  async sendInTurns(queues: readonly Iterable<Turn>[]): Promise<readonly Turn[]> {
    const suspects: Turn[] = [];
    const failed = new Set<string>();
    for (const turn of takeTurns(queues)) {
      if (this.isOver) break;
      const { host } = turn.file.note;
      const result = await this.#send(turn);
      if (result === 'answered') failed.delete(host);
      if (result !== 'failed') continue;
      suspects.push(turn);
      if (failed.has(host)) this.#restOf(turn).fail(undefined);
      failed.add(host);
    }
    return suspects;
  }

  async isolate(suspect: Turn): Promise<void> {
    const rest = this.#restOf(suspect);
    if (this.isOver || rest.waitMs > 0) return;
    const { directory, effects } = this.#parts;
    const attempt = async (events: Turn['events']): Promise<Trial> =>
      this.isOver || rest.waitMs > 0
        ? 'unclear'
        : TRIALS[await this.#send({ ...suspect, events, isLast: false })];
    const found = await isolate(suspect.events, attempt, this.#well.has(pathOf(suspect)));
    if (found === 'failed') rest.fail(undefined);
    if (typeof found === 'object')
      createEnds(directory, suspect.file.fileName, effects).settle([found.event], 'rejected_by_server');
    finishFile(directory, suspect, effects.countLost);
  }

  async #send(turn: Turn): Promise<TurnResult> {
    const { directory, recipients, effects, signal } = this.#parts;
    const { fileName, note } = turn.file;
    const batch = { fileName, events: turn.events };
    const result = await sendTurn(directory, batch, recipients.of(note), effects, signal);
    if (result === 'answered') this.#well.add(pathOf(turn));
    if (result === 'stop') this.#hasStopped = true;
    const isDone = result === 'answered' || result === 'settled';
    if (isDone && turn.isLast) finishFile(directory, turn, effects.countLost);
    return result;
  }

  #restOf(turn: Turn) {
    return this.#parts.recipients.of(turn.file.note).rest;
  }
}

/** Where a kind of events goes on its server: that others are taken elsewhere says nothing about them. */
const pathOf = ({ file, kind }: Turn): string => `${file.note.host} ${kind}`;

const TRIALS: Readonly<Record<TurnResult, Trial>> = {
  answered: 'passed',
  settled: 'passed',
  left: 'unclear',
  failed: 'failed',
  stop: 'unclear',
};
