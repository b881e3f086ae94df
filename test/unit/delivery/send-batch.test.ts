import { describe, expect, it } from 'vitest';
import { sendBatch } from '../../../src/delivery/send-batch.js';
import type { SendResult } from '../../../src/delivery/send-result.js';
import type { Outcome, Sink } from '../../../src/delivery/sink.js';
import type { SanitizedEvent } from '../../../src/privacy/index.js';
import { buildEvent } from './build-event.js';

const ACCEPTED: SendResult = { status: 'accepted' };
const RETRY: SendResult = { status: 'retry' };

const eventsOf = (...uuids: string[]) => uuids.map((uuid) => buildEvent(uuid));
const uuidsOf = (events: readonly SanitizedEvent[]) => events.map(({ uuid }) => uuid).join(' ');

/** Events whose uuids begin alike go in one request: `a1`, `a2`, `b1`. Answers by that letter, one after the other. */
function createSink(answers: Readonly<Record<string, SendResult[]>> = {}) {
  const requests: string[] = [];
  const send: Sink['send'] = async (batch) => {
    const kinds = new Set(batch.map(({ uuid }) => uuid[0]));
    const parts = [...kinds].map((kind) => batch.filter(({ uuid }) => uuid[0] === kind));
    if (parts.length > 1) return { status: 'mixed', parts };
    requests.push(uuidsOf(batch));
    return answers[batch[0]!.uuid[0]!]?.shift() ?? ACCEPTED;
  };
  return { send, requests };
}

async function attempt(uuids: string[], sink: ReturnType<typeof createSink>, maySend = () => true) {
  const ends: string[] = [];
  const settle = (events: readonly SanitizedEvent[], outcome: Outcome) =>
    void ends.push(`${outcome} ${uuidsOf(events)}`);
  const { kept, ...rest } = await sendBatch(eventsOf(...uuids), { send: sink.send, maySend, settle });
  return { kept: uuidsOf(kept), ends, ...rest };
}

const MIXED = ['a1', 'b1', 'a2', 'c1', 'b2'];

it('tells of the receipt of each request with exactly its events', async () => {
  const receipts: string[] = [];
  const sink = createSink({
    a: [
      { status: 'too_large' },
      { status: 'accepted', receipt: 'r1' },
      { status: 'accepted', receipt: 'r2' },
    ],
  });
  await sendBatch(eventsOf('a1', 'a2', 'a3'), {
    send: sink.send,
    maySend: () => true,
    settle: (events, outcome, receipt) => void receipts.push(`${outcome} ${uuidsOf(events)} ${receipt}`),
  });
  expect(receipts).toEqual(['sent a1 a2 r1', 'sent a3 r2']);
});

describe('a batch of several requests', () => {
  it('goes in one request for each part, in order, and each ends by itself', async () => {
    const sink = createSink({ b: [{ status: 'rejected' }] });
    const { kept, ends } = await attempt(MIXED, sink);
    expect(sink.requests).toEqual(['a1 a2', 'b1 b2', 'c1']);
    expect(ends).toEqual(['sent a1 a2', 'rejected_by_server b1 b2', 'sent c1']);
    expect(kept).toBe('');
  });

  it('keeps the events of a part that failed, and sends none of the others again', async () => {
    const sink = createSink({ b: [RETRY] });
    const first = await attempt(MIXED, sink);
    expect(first).toMatchObject({ kept: 'b1 b2', ends: ['sent a1 a2', 'sent c1'] });
    const second = await attempt(first.kept.split(' '), sink);
    expect(second).toMatchObject({ kept: '', ends: ['sent b1 b2'] });
    expect(sink.requests).toEqual(['a1 a2', 'b1 b2', 'c1', 'b1 b2']);
  });

  it('keeps the events of several parts in their order', async () => {
    const { kept } = await attempt(MIXED, createSink({ a: [RETRY], b: [RETRY] }));
    expect(kept).toBe('a1 b1 a2 b2');
  });

  it.each<[string, SendResult]>([
    ['cannot be reached', { status: 'retry', isUnreachable: true }],
    ['asks for silence', { status: 'retry', afterMs: 7_000 }],
  ])('stops at a server that %s', async (_, answer) => {
    const sink = createSink({ b: [answer] });
    const { kept, afterMs, isUnreachable } = await attempt(MIXED, sink);
    expect(sink.requests).toEqual(['a1 a2', 'b1 b2']);
    expect(kept).toBe('b1 c1 b2');
    expect({ status: 'retry', ...(afterMs && { afterMs }), ...(isUnreachable && { isUnreachable }) }).toEqual(
      answer,
    );
  });

  it('halves a part that is too large', async () => {
    const sink = createSink({ a: [{ status: 'too_large' }] });
    const { ends } = await attempt(MIXED, sink);
    expect(sink.requests).toEqual(['a1 a2', 'a1', 'a2', 'b1 b2', 'c1']);
    expect(ends).toEqual(['sent a1', 'sent a2', 'sent b1 b2', 'sent c1']);
  });

  it('asks before each request, and drops what is left at a no', async () => {
    const sink = createSink();
    const { ends } = await attempt(MIXED, sink, () => sink.requests.length === 0);
    expect(sink.requests).toEqual(['a1 a2']);
    expect(ends).toEqual(['sent a1 a2', 'consent_off b1 b2', 'consent_off c1']);
  });
});
