import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

describe('e-mail addresses', () => {
  it.each([
    ['to jo@example.org now', 'to <EMAIL> now'],
    ['<jo.van-der+tag@mail.example.co.uk>', '<<EMAIL>>'],
    ['{"to":["jo@example.org"]}', '{"to":["<EMAIL>"]}'],
    ['mailto:jo@example.org', 'mailto:<EMAIL>'],
    ['?to=jo%40example.org', '?to=<EMAIL>'],
    ['søren@bücher.example', '<EMAIL>'],
    ['jo@xn--bcher-kva.example', '<EMAIL>'],
    ['jo@[192.0.2.14]', '<EMAIL>'],
    ['wrote jo@example.org.', 'wrote <EMAIL>.'],
  ])('are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    'name@1.2.3',
    '@scope/name@10.0.0-beta.1',
    'name@1.2.3-beta.rc',
    'name@^1.2.0',
    'name@latest',
    'git@{upstream}',
    'onPress@index.android.bundle:12:1917',
    'run@main.js:1:2',
    'run@my.module:1:2',
    'icon@2x.png',
    '@Injectable()',
    'a @ b',
    '@example.org',
  ])('are not seen in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});

describe('telephone numbers', () => {
  it.each([
    ['call +49 30 901820 or', 'call <PHONE> or'],
    ['+44 (20) 7946 0958', '<PHONE>'],
    ['+81-3-5550-0123', '<PHONE>'],
    ['"+1 (415) 555-0132"', '"<PHONE>"'],
    ['(202) 555-0143.', '<PHONE>.'],
    ['(202)555-0143', '<PHONE>'],
    ['202-555-0143', '<PHONE>'],
    ['1-202-555-0143', '<PHONE>'],
    ['202.555.0143x12', '<PHONE>'],
    ['(64) 3591-3246', '<PHONE>'],
    ['to 056 590 36 33', 'to <PHONE>'],
    ['01.84.17.61.18', '<PHONE>'],
    ['Phone: 51 516 33 75', 'Phone: <PHONE>'],
    ['mobile=5550123456', 'mobile=<PHONE>'],
    ['"phone":"5550123456"', '"phone":"<PHONE>"'],
  ])('are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    '2024-01-15',
    '15.01.2024 10:30:00',
    '01.02.2024 10:30',
    '2024-01-15T10:30:00.000Z',
    '[10/Oct/2024:13:55:36 +0000]',
    '1.2.3.4.5.6.7',
    '1718000000',
    '1718000000123',
    'order of 10 000 000 items',
    'heap 134217728 of 268435456',
    'line 120, column 17',
    'invoice 2024-000123',
    '5550123456',
    '0123 4567',
    '0123 4567 8901 2345',
  ])('are not seen in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});
