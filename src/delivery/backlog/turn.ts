import type { SanitizedEvent } from '../../privacy/index.js';
import { finishWaiting, type LossReason, readWaiting, type WaitingFile } from '../../store/index.js';
import type { Recipient } from './recipient.js';

/** A batch of one file, and of one kind. */
export interface Turn {
  readonly file: WaitingFile;
  readonly kind: string;
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
 * @param recipient - of its events: there are no turns any more once its server is to be left alone
 */
export function* readInBatches(
  directory: string,
  file: WaitingFile,
  { rest, kindOf }: Pick<Recipient, 'rest' | 'kindOf'>,
): Generator<Turn> {
  if (rest.waitMs > 0) return;
  const { events, torn } = readWaiting(directory, file.fileName) ?? { events: [], torn: 0 };
  const batches = toBatches(events, kindOf);
  for (const [index, batch] of batches.entries()) {
    if (rest.waitMs > 0) return;
    yield { ...batch, file, isLast: index === batches.length - 1, torn };
  }
}

type Batch = Pick<Turn, 'kind' | 'events'>;

function toBatches(events: readonly SanitizedEvent[], kindOf: Recipient['kindOf']): readonly Batch[] {
  const kinds = [...new Set(events.map(kindOf))];
  const batches = kinds.flatMap((kind) => {
    const ofKind = events.filter((event) => kindOf(event) === kind);
    const count = Math.ceil(ofKind.length / BATCH_SIZE);
    return Array.from({ length: count }, (_, index) => ({
      kind,
      events: ofKind.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
    }));
  });
  return batches.length > 0 ? batches : [{ kind: '', events: [] }];
}

/** After the last turn of a file. Its half-written lines are counted once: when nothing waits in it any more. */
export function finishFile(
  directory: string,
  { file: { fileName }, torn }: Turn,
  countLost: (reason: LossReason, count: number) => void,
): void {
  if (finishWaiting(directory, fileName) && torn > 0) countLost('record_torn', torn);
}
