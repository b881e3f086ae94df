import type { BoundedCache } from '../../internal/index.js';
import type { SanitizedEvent } from '../../privacy/index.js';
import { canSettle, type LossReason, settleWaiting, standsInLedger } from '../../store/index.js';
import { sendBatch } from '../send-batch.js';
import type { Outcome, Settle } from '../sink.js';
import type { Recipient } from './recipient.js';

/** Some events of one file. */
export interface Batch {
  readonly fileName: string;
  readonly events: readonly SanitizedEvent[];
}

export interface TurnEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Events were lost that no process can tell of itself. */
  readonly countLost: (reason: LossReason, count: number) => void;
  /** By uuid: how events ended that are noted nowhere. This process does not send them again. */
  readonly unnoted: Pick<BoundedCache<string, Outcome>, 'get' | 'set'>;
}

/**
 * What became of a turn: the server took or refused the events; nothing had to be sent; not now; the server answered that it is in
 * trouble; nothing more can be done.
 */
export type TurnResult = 'answered' | 'settled' | 'left' | 'failed' | 'stop';

/**
 * Send some events of a file once, and note in the file what became of them. Never rejects.
 *
 * @param signal - when it is aborted, so is the request; that is no failure of the server
 */
export async function sendTurn(
  directory: string,
  { fileName, events }: Batch,
  { sink, ask, rest }: Recipient,
  effects: TurnEffects,
  signal: AbortSignal,
): Promise<TurnResult> {
  // The person may have cleared their data since it was read.
  if (events.length === 0 || !standsInLedger(directory, fileName)) return 'settled';
  const ends = createEnds(directory, fileName, effects);
  // Sent without a way to note it, they would be sent again by everybody who comes after.
  if (!canSettle(directory, fileName) || !ends.catchUp(events)) return 'left';
  const fresh = events.filter(({ uuid }) => effects.unnoted.get(uuid) === undefined);
  if (fresh.length === 0) return 'settled';
  const answer = ask();
  if (answer === 'not_now') return 'left';
  if (answer === 'never') return ends.settle(fresh, 'consent_off') ? 'settled' : 'stop';
  let isNoted = true;
  const settle: Settle = (...end) => {
    isNoted = ends.settle(...end) && isNoted;
  };
  const send = (batch: readonly SanitizedEvent[]) => sink.send(batch);
  const { kept, afterMs, isUnreachable } = await sendBatch(fresh, { send, maySend: () => true, settle });
  if (kept.length === 0) rest.succeed();
  if (!isNoted || signal.aborted) return 'stop';
  if (kept.length === 0) return 'answered';
  // Asked once more by the sink: then nothing was tried.
  if (ask() !== 'yes') return 'left';
  if (afterMs === undefined && isUnreachable !== true) return 'failed';
  rest.fail(afterMs, isUnreachable);
  return 'left';
}

/** How events of a file ended. */
export function createEnds(directory: string, fileName: string, { now, countLost, unnoted }: TurnEffects) {
  /** @returns false when that could not be noted, though the file is there */
  const settle = (events: readonly SanitizedEvent[], outcome: Outcome, receipt?: string): boolean => {
    const uuids = events.map(({ uuid }) => uuid);
    if (settleWaiting(directory, fileName, uuids, outcome, now(), receipt)) {
      if (isLoss(outcome)) countLost(outcome, events.length);
      return true;
    }
    if (!standsInLedger(directory, fileName)) return true;
    for (const uuid of uuids) unnoted.set(uuid, outcome);
    return false;
  };
  return {
    settle,
    /** Note what could not be noted before. @returns whether all of it is now */
    catchUp: (events: readonly SanitizedEvent[]): boolean =>
      events.every((event) => {
        const outcome = unnoted.get(event.uuid);
        return outcome === undefined || settle([event], outcome);
      }),
  };
}

const isLoss = (outcome: Outcome): outcome is LossReason =>
  outcome === 'too_large' || outcome === 'rejected_by_server';
