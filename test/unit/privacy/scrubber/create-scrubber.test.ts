import { describe, expect, it } from 'vitest';
import { createScrubber } from '../../../../src/privacy/scrubber/index.js';

const NONE = { users: [], host: undefined, home: undefined, workingDirectory: undefined };
const posix = createScrubber({
  names: {
    users: ['adalove'],
    host: 'engine-7.corp.test',
    home: '/data2/adalove',
    workingDirectory: '/vol/Acme Payroll',
  },
});
const windows = createScrubber({
  names: {
    users: ['Ada Love'],
    host: 'ENGINE7',
    home: 'E:\\people\\Ada Love',
    workingDirectory: 'E:\\acme\\payroll\\',
  },
});

describe('the names of the machine', () => {
  it.each([
    ['started by adalove', 'started by <USER>'],
    ['ADALOVE: denied', '<USER>: denied'],
    ['adalove_backup', '<USER>_backup'],
    ['on engine-7.corp.test:22', 'on <HOST>:22'],
    ['ENGINE-7 is down', '<HOST> is down'],
    ['cd /vol/Acme Payroll/x', 'cd <PATH>/x'],
    ['dir=%2Fvol%2FAcme%20Payroll%2Fy', 'dir=<PATH>%2Fy'],
    ['open("/vol/Acme%20Payroll/x")', 'open("<PATH>/x")'],
    ['in /data2/adalove', 'in <PATH>'],
  ])('go wherever they stand in %j', (text, redacted) => {
    expect(posix.redact(text)).toBe(redacted);
    expect(posix.redact(redacted)).toBe(redacted);
    expect(posix.isUnchanged(text)).toBe(false);
  });

  it.each([
    ['Hello Ada Love', 'Hello <USER>'],
    ['Hello Ada%20Love', 'Hello <USER>'],
    ['E:\\acme\\payroll', '<PATH>'],
    ['"E:\\\\acme\\\\payroll"', '"<PATH>"'],
    ['e:/acme/payroll/', '<PATH>/'],
    ['in /mnt/e/acme/payroll', 'in <PATH>'],
    ['engine7 said no', '<HOST> said no'],
  ])('go in the spellings of Windows, in %j', (text, redacted) => {
    expect(windows.redact(text)).toBe(redacted);
  });

  it.each(['adaloveless', 'myadalove2', 'engine-75', 'engineering', 'a payroll'])(
    'are not seen within %j',
    (text) => {
      expect(posix.redact(text)).toBe(text);
    },
  );

  it.each([
    [{ ...NONE, users: ['root'] }, 'root of the tree'],
    [{ ...NONE, users: ['Runner'] }, 'the runner failed'],
    [{ ...NONE, users: ['al'] }, 'al dente'],
    [{ ...NONE, host: 'localhost' }, 'localhost:80'],
    [{ ...NONE, home: '/root' }, '/root/.npmrc'],
    [{ ...NONE, workingDirectory: '/usr/src/app' }, '/usr/src/app/index.js'],
    [{ ...NONE, workingDirectory: '/' }, 'a / b'],
    [NONE, 'anything'],
  ])('stay when they could be anybody, as in %j', (names, text) => {
    expect(createScrubber({ names }).redact(text)).toBe(text);
  });

  it('are not known to a scrubber that was not given them', () => {
    expect(createScrubber().redact('started by adalove')).toBe('started by adalove');
  });
});

describe('a scrubber', () => {
  it('finds, redacts and judges by the same rules', () => {
    const scrubber = createScrubber({
      rules: [{ name: 'ticket', pattern: /ACME-\d+/, placeholder: '<TICKET>' }],
    });
    expect(scrubber.find('see ACME-12')).toEqual([
      { kind: 'custom', start: 4, end: 11, placeholder: '<TICKET>' },
    ]);
    expect(scrubber.redact('see ACME-12')).toBe('see <TICKET>');
    expect(scrubber.tryRedact('see ACME-12')).toBe('see <TICKET>');
    expect(scrubber.redactAndCut('see ACME-12 and more', 12)).toBe('see <TICKET>');
    expect(scrubber.isUnchanged('see ACME-12')).toBe(false);
  });

  it('withholds a text that it fails to look at, and says so to those who count', () => {
    const broken = { length: 5 } as unknown as string;
    const scrubber = createScrubber();
    expect(scrubber.redact(broken)).toBe('<SECRET>');
    expect(scrubber.tryRedact(broken)).toBeUndefined();
    expect(scrubber.redactAndCut(broken, 3)).toBe('');
    expect(scrubber.find(broken)).toEqual([{ kind: 'secret', start: 0, end: 5 }]);
    expect(scrubber.isUnchanged(broken)).toBe(false);
  });
});
