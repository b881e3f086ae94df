import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

describe('addresses of machines', () => {
  it.each([
    ['connect ECONNREFUSED 10.42.7.19:6379', 'connect ECONNREFUSED <IP>:6379'],
    ['from 203.0.113.9.', 'from <IP>.'],
    ['192.168.1.0/24', '<IP>'],
    ['tcp://100.64.3.9:443', 'tcp://<IP>:443'],
    ['ip-10-20-31-44.eu-central-1', 'ip-<IP>.eu-central-1'],
    ['[fe80::1ff:fe23:4567:890a%eth2]:22', '[<IP>]:22'],
    ['peer 2001:db8::8a2e:370:7334.', 'peer <IP>.'],
    ['2001:0db8:0000:0000:0000:ff00:0042:8329', '<IP>'],
    ['::ffff:10.0.0.1', '<IP>'],
    ['64:ff9b::192.0.2.33', '<IP>'],
    ['fd12:3456:789a::1', '<IP>'],
    ['ether 02:42:ac:11:00:02 brd', 'ether <MAC> brd'],
    ['AA-BB-CC-DD-EE-FF', '<MAC>'],
    ['0012.3456.789a', '<MAC>'],
    ['id 550e8400-e29b-41d4-a716-446655440000', 'id <UUID>'],
    ['HOSTNAME=jos-laptop', 'HOSTNAME=<HOST>'],
  ])('are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    '127.0.0.1:3000',
    '0.0.0.0',
    '[::1]:8080',
    '::',
    '1.2.3.4.5',
    '256.1.1.1',
    'Chrome/120.0.0.0',
    'version 1.2.3.4',
    '11.3.244.8-node.17',
    'std::vector<a::b>',
    'dead::beef',
    'foo::1',
    '::ffff:name',
    '10:30:00',
    '00:00:00:00:00:00',
    'src/index.ts:12:5',
    '5e141934a1b2c3d4e5f60718293a4b5c6d7e8f90',
  ])('are not seen in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});

describe('URLs', () => {
  it.each([
    ['https://jo:pw@example.org/a', 'https://<CREDENTIALS>@example.org/a'],
    ['https://username:password@example.org', 'https://<CREDENTIALS>@example.org'],
    ['https://jo@example.org', 'https://<CREDENTIALS>@example.org'],
    ['redis://:pw@cache:6379/0', 'redis://<CREDENTIALS>@cache:6379/0'],
    ['pg://jo:p@ss!w#rd@db/x', 'pg://<CREDENTIALS>@db/x'],
    ['pg://jo:pa/ss@db/x', 'pg://<CREDENTIALS>@db/x'],
    ['a pg://u:p@h/1 b pg://v:q@h/2', 'a pg://<CREDENTIALS>@h/1 b pg://<CREDENTIALS>@h/2'],
    ['https://example.org/s?q=jo&page=2#top', 'https://example.org/s?q=<QUERY>&page=2#top'],
    ['https://example.org/?jo', 'https://example.org/?<QUERY>'],
    ['https://example.org/cb#state=abc&x=1', 'https://example.org/cb#state=<QUERY>&x=1'],
    ['(https://example.org/?q=jo).', '(https://example.org/?q=<QUERY>).'],
    ['https://a.example/?next=https://u:p@b.example/', 'https://a.example/?next=<QUERY>'],
  ])('lose who asks and what for, in %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    'https://nodejs.org/api/errors.html#err_invalid_arg_type',
    'https://example.org:8080/path',
    'https://example.org:8080/@scope/name',
    'https://example.org/?q=',
    'ssh://git@example.org/a/b.git',
    `https://\${USER}:\${PASSWORD}@example.org/`,
    'webpack-internal:///(rsc)/./src/app/page.tsx',
  ])('stay as they are without either, in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});
