import type { Lease, ReportState, SendLedger } from '../../db/collector/send-ledger.js';
import { REPORT_HEADERS } from '../../wire/index.js';
import type { LicenseKeeper } from '../license/license-keeper.js';
import type { VendorClient } from '../vendor-client.js';
import { type Judgement, judgeAnswer, toSendOutcome } from './judge-answer.js';
import type { LeaseHolder } from './lease-holder.js';
import { isTooOld, type Outgoing, type ReportSource } from './outgoing.js';
import type { SendResult, WithheldReason } from './results.js';

/** What an attempt works with. */
export interface SendParts {
  readonly reports: ReportSource;
  readonly ledger: SendLedger;
  readonly license: LicenseKeeper;
  readonly client: VendorClient;
  readonly leaseHolder: LeaseHolder;
  /** Told how long a report took to make. */
  readonly onBuilt: (kind: Outgoing['report']['kind'], seconds: number) => void;
  /** Told of an end that could not be noted. */
  readonly onUnnoted: (kind: Outgoing['report']['kind']) => void;
  /** Unix time in milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** Gives up what is under way. */
  readonly signal: AbortSignal;
}

/**
 * Make a report, and send it if it may be sent.
 *
 * 1. It is made in one snapshot, with the text of the decisions that it was made by.
 * 2. A line with its exact bytes is committed to the ledger.
 * 3. The connection to the vendor is made.
 * 4. While nobody can decide, and only if nobody has since, the licence is valid and the lease is this process's, the request is handed over.
 *    Whoever decides meanwhile is answered after that: no request begins after a no was acknowledged that it does not heed.
 * 5. What became of it is noted. Where that cannot be, it is sent again with the same key, and the vendor knows it by that.
 *
 * Rejects with what the ledger and the reports do, before the request.
 */
export async function sendOnce(outgoing: Outgoing, lease: Lease, parts: SendParts): Promise<SendResult> {
  const { ledger, license, client, leaseHolder, signal } = parts;
  const { report } = outgoing;
  const { customerId } = license.peek();
  if (customerId === undefined) return { status: 'withheld', reason: 'license' };
  const key = await ledger.readKey(report);
  const built = await build(outgoing, parts);
  if (built.payload === undefined) return { status: 'nobody_counted' };
  const payload = { ...built.payload, customer_id: customerId };
  const body = JSON.stringify(payload);
  // To count may have taken most of its time.
  await leaseHolder.keep();
  const line = await ledger.begin(lease, report, key, body);
  // With the lease, it is the report that is another one now: an operator has asked for a correction of it.
  if (line === undefined)
    return { status: 'withheld', reason: leaseHolder.isHeld(lease) ? 'decision' : 'lease' };

  const start = createStart(built.decisions, lease, parts);
  const outcome = await client.post({
    path: outgoing.path,
    headers: toHeaders(line.idempotencyKey, report.revision),
    body,
    start: start.ask,
    signal,
  });
  start.close();

  const judgement = judgeAnswer(outcome, isTooOld(report, parts.now()));
  const httpStatus = outcome.status === 'answered' ? outcome.httpStatus : undefined;
  const end = {
    outcome: toSendOutcome(outcome, judgement),
    httpStatus,
    state: stateAfter(judgement.status, report.kind),
  };
  await ledger.finish(lease, line.sendId, end).catch(() => parts.onUnnoted(report.kind));
  switch (judgement.status) {
    case 'accepted':
      return { status: 'accepted', isDuplicate: judgement.isDuplicate, payload };
    case 'unauthorised':
      license.markInvalid();
      return { status: 'unauthorised', httpStatus };
    case 'refused':
      return { status: 'refused', httpStatus };
    case 'failed':
      return { ...judgement, httpStatus };
    case 'withheld':
      return { status: 'withheld', reason: start.reason() };
    default:
      return judgement satisfies never;
  }
}

/** What travels beside the body, but for what the connection adds. */
export function toHeaders(idempotencyKey: string, revision: number): Readonly<Record<string, string>> {
  return { [REPORT_HEADERS.idempotencyKey]: idempotencyKey, [REPORT_HEADERS.revision]: String(revision) };
}

async function build(outgoing: Outgoing, { monotonic, onBuilt }: SendParts) {
  const startedMs = monotonic();
  const built = await outgoing.build();
  onBuilt(outgoing.report.kind, (monotonic() - startedMs) / 1_000);
  return built;
}

/** The question whether to send, as it is asked when the connection stands. */
function createStart(decisions: string, lease: Lease, parts: SendParts) {
  const { reports, license, leaseHolder, signal } = parts;
  let reason: WithheldReason = 'decision';
  let isClosed = false;

  const whyNot = (): WithheldReason | undefined => {
    if (isClosed || signal.aborted) return 'stopping';
    if (license.peek().state !== 'valid') return 'license';
    return leaseHolder.isHeld(lease) ? undefined : 'lease';
  };

  const ask = async (send: () => void): Promise<boolean> => {
    let hasStarted = false;
    try {
      await leaseHolder.keep();
      await reports.startWhileDecided(decisions, () => {
        const obstacle = whyNot();
        if (obstacle !== undefined) {
          reason = obstacle;
          return;
        }
        hasStarted = true;
        send();
      });
    } catch {
      // The database went away. When that was after the start, the request is on its way all the same.
      reason = 'database';
    }
    return hasStarted;
  };
  return {
    ask,
    reason: (): WithheldReason => (signal.aborted ? 'stopping' : reason),
    /** The request is over: what still waits to be started is not. */
    close: () => {
      isClosed = true;
    },
  };
}

function stateAfter(status: Judgement['status'], kind: Outgoing['report']['kind']): ReportState {
  if (status === 'accepted' || status === 'refused') return status;
  // What was withheld is made anew at once.
  return kind === 'daily' || status === 'withheld' ? 'open' : 'dropped';
}
