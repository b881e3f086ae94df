import { expect, it } from 'vitest';
import { createLog } from '../../../../src/server/observe/index.js';
import { logLink } from '../../../../src/server/stream/index.js';

it.each([
  ['up', { level: 'info', event: 'stream_connected' }],
  ['lost', { level: 'warn', event: 'stream_lost' }],
  ['no_answer', { level: 'warn', event: 'stream_unreachable', reason: 'no_answer' }],
  ['not_admitted', { level: 'warn', event: 'stream_unreachable', reason: 'not_admitted' }],
] as const)('a link that is %s is told in one line, without its servers', (change, told) => {
  const lines: string[] = [];
  logLink(createLog('event_writer', { write: (line) => lines.push(line) }))(change);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { ...told, service: 'event_writer', time: expect.any(String) },
  ]);
});
