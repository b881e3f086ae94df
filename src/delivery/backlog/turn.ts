import type { SanitizedEvent } from '../../privacy/index.js';
import { finishWaiting, type LossReason, readWaiting, type WaitingFile } from '../../store/index.js';
import type { Rest } from '../rest.js';

/** A batch of one file. */
export interface Turn {
  readonly file: WaitingFile;
  readonly events: readonly SanitizedEvent[];
  readonly isLast: boolean;
  /** Half-written lines in the file. */
  readonly torn: number;
}

/** Of one request. What has waited is sent in fewer and larger requests than what a program records as it goes. */
const BATCH_SIZE = 100;

/**
 * The batches of a file, which is read at its first turn. One without any has one turn all the same, by which it is found to be
 * done.
 *
 * @param rest - of its server: there are no turns any more once it is to be left alone
 */
export function* readInBatches(directory: string, file: WaitingFile, rest: Rest): Generator<Turn> {
  if (rest.waitMs > 0) return;
  const { events, torn } = readWaiting(directory, file.fileName) ?? { events: [], torn: 0 };
  for (let start = 0; start === 0 || start < events.length; start += BATCH_SIZE) {
    if (rest.waitMs > 0) return;
    const isLast = start + BATCH_SIZE >= events.length;
    yield { file, events: events.slice(start, start + BATCH_SIZE), isLast, torn };
  }
}

/** After the last turn of a file. Its half-written lines are counted once: when nothing waits in it any more. */
export function finishFile(
  directory: string,
  { file: { fileName }, torn }: Turn,
  countLost: (reason: LossReason, count: number) => void,
): void {
  if (finishWaiting(directory, fileName) && torn > 0) countLost('record_torn', torn);
}
