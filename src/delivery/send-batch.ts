import type { SanitizedEvent } from '../privacy/index.js';
import type { SendResult } from './send-result.js';
import type { MixedBatch, Outcome, Settle, Sink } from './sink.js';

export interface SendBatchEffects {
  readonly send: Sink['send'];
  /** Asked before every request; false drops the events. */
  readonly maySend: () => boolean;
  readonly settle: Settle;
}

/** What one attempt left over. */
export interface AttemptResult {
  /** The events that were neither sent nor dropped, in their order: the server cannot be reached, or wants to be left alone. */
  readonly kept: readonly SanitizedEvent[];
  /** What the server asked for, when it said; counts only with events that were kept. */
  readonly afterMs?: number | undefined;
  /** `true` when nothing answered that speaks for the server: more likely a closed network than a server in trouble. */
  readonly isUnreachable?: boolean;
}

const NOTHING_KEPT: AttemptResult = { kept: [] };

/**
 * Try once to send a batch. One that is too large for the server goes in halves, down to single events; one that the sink sends in
 * several requests goes in its parts, each of which ends by itself. Never rejects.
 */
export async function sendBatch(
  batch: readonly SanitizedEvent[],
  effects: SendBatchEffects,
): Promise<AttemptResult> {
  if (!effects.maySend()) return end(batch, 'consent_off', effects);
  const result = await send(batch, effects);
  switch (result.status) {
    case 'accepted':
      return end(batch, 'sent', effects, result.receipt);
    case 'rejected':
      return end(batch, 'rejected_by_server', effects);
    case 'too_large':
      return batch.length === 1 ? end(batch, 'too_large', effects) : sendHalves(batch, effects);
    case 'mixed':
      return sendParts(batch, result.parts, effects);
    case 'retry':
      return { kept: batch, afterMs: result.afterMs, isUnreachable: result.isUnreachable === true };
    default:
      return result satisfies never;
  }
}

async function sendHalves(
  batch: readonly SanitizedEvent[],
  effects: SendBatchEffects,
): Promise<AttemptResult> {
  const middle = Math.ceil(batch.length / 2);
  const first = await sendBatch(batch.slice(0, middle), effects);
  const second = batch.slice(middle);
  return first.kept.length > 0 ? { ...first, kept: [...first.kept, ...second] } : sendBatch(second, effects);
}

/**
 * The parts go to different ends of one server. Trouble at one of them is none of the others, unless the server cannot be reached
 * or asks for silence.
 */
async function sendParts(
  batch: readonly SanitizedEvent[],
  parts: readonly (readonly SanitizedEvent[])[],
  effects: SendBatchEffects,
): Promise<AttemptResult> {
  const left = new Set(batch);
  let failed: AttemptResult | undefined;
  for (const part of parts) {
    const result = await sendBatch(part, effects);
    const kept = new Set(result.kept);
    for (const event of part) if (!kept.has(event)) left.delete(event);
    if (kept.size === 0) continue;
    failed = result;
    if (result.isUnreachable === true || result.afterMs !== undefined) break;
  }
  return failed ? { ...failed, kept: batch.filter((event) => left.has(event)) } : NOTHING_KEPT;
}

/** A sink never rejects; one that does anyway has not sent. */
async function send(
  batch: readonly SanitizedEvent[],
  effects: SendBatchEffects,
): Promise<SendResult | MixedBatch> {
  try {
    return await effects.send(batch);
  } catch {
    return { status: 'retry' };
  }
}

function end(
  batch: readonly SanitizedEvent[],
  outcome: Outcome,
  effects: SendBatchEffects,
  receipt?: string,
): AttemptResult {
  effects.settle(batch, outcome, receipt);
  return NOTHING_KEPT;
}
