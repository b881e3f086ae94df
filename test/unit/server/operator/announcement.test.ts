import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { announceOperator, readAnnouncement } from '../../../../src/server/operator/announcement.js';
import { createDirectory, giveAway } from '../../../support/directories.js';

const TOKEN = 'A'.repeat(43);

it('reads back what was announced', () => {
  const directory = createDirectory();
  const announcement = { url: 'http://127.0.0.1:8001', token: TOKEN };
  announceOperator(directory, announcement);
  expect(readAnnouncement(directory)).toEqual(announcement);
});

it('refuses to announce what no command would reach', () => {
  const announcement = { url: 'http://10.0.0.5:8001', token: TOKEN };
  expect(() => announceOperator(createDirectory(), announcement)).toThrow('loopback');
});

it.each([
  ['nothing', undefined],
  ['no JSON', '{'],
  ['another form', '{"url":"http://127.0.0.1:8001"}'],
  ['another machine, which would be told the token', `{"url":"http://10.0.0.5:8001","token":"${TOKEN}"}`],
  ['a name that starts like this machine', `{"url":"http://127.0.0.1.example:80","token":"${TOKEN}"}`],
  ['a user before the host', `{"url":"http://127.0.0.1:1@example.org:80","token":"${TOKEN}"}`],
])('hears nothing where there is %s', (_, text) => {
  const directory = createDirectory();
  if (text !== undefined) writeFileSync(join(directory, 'operator.json'), text, { mode: 0o600 });
  expect(readAnnouncement(directory)).toBeUndefined();
});

it.each([
  ['644', 0o644],
  ['660', 0o660],
  ['606', 0o606],
])('hears nothing of a file that others could have read or written, as %s', (mode) => {
  const directory = createDirectory();
  announceOperator(directory, { url: 'http://127.0.0.1:8001', token: TOKEN });
  chmodSync(join(directory, 'operator.json'), mode);
  expect(readAnnouncement(directory)).toBeUndefined();
});

it.skipIf(process.getuid?.() !== 0)('hears nothing of a file of another user', () => {
  const directory = createDirectory();
  announceOperator(directory, { url: 'http://127.0.0.1:8001', token: TOKEN });
  giveAway(join(directory, 'operator.json'));
  expect(readAnnouncement(directory)).toBeUndefined();
});
