import { expect, it } from 'vitest';
import type { SendResult } from '../../../../../src/server/collector/sending/index.js';
import {
  createSenderHealth,
  createSendingNotes,
  noteHeartbeat,
} from '../../../../../src/server/collector/sending/sender-health.js';

const statusAfter = async (...results: SendResult[]) => {
  const notes = createSendingNotes();
  for (const result of results) noteHeartbeat(notes, result, 0);
  return (await createSenderHealth(notes).read()).status;
};
const withheld = (reason: (SendResult & { status: 'withheld' })['reason']): SendResult => ({
  status: 'withheld',
  reason,
});

it('is degraded when the database could not say twice in a row whether a heartbeat may be sent', async () => {
  expect(await statusAfter(withheld('database'))).toBe('ok');
  expect(await statusAfter(withheld('database'), withheld('database'))).toBe('degraded');
  expect(await statusAfter(withheld('database'), withheld('database'), { status: 'nobody_counted' })).toBe(
    'ok',
  );
});

it.each(['decision', 'license', 'lease', 'stopping'] as const)(
  'is well when heartbeats are withheld because of %s',
  async (reason) => {
    expect(await statusAfter(withheld(reason), withheld(reason), withheld(reason))).toBe('ok');
  },
);
