import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  findIdentifiableInfo,
  isUnchangedByScrubber,
  PLACEHOLDERS,
  redactIdentifiableInfo,
} from '../../../../src/privacy/scrubber/index.js';
import { nasty, planted } from './support.js';

const options = { numRuns: 2_000 };

describe('redactIdentifiableInfo', () => {
  it('says what stood there and keeps the rest', () => {
    const text = 'login of jo@example.org from 203.0.113.9 failed, see /home/jo/app/log.txt:12';

    expect(redactIdentifiableInfo(text)).toBe(
      'login of <EMAIL> from <IP> failed, see /home/<PATH>/app/log.txt:12',
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const once = redactIdentifiableInfo(text);
        expect(redactIdentifiableInfo(once)).toBe(once);
      }),
      options,
    );
  });

  it('never leaves a planted secret, wherever it stands', () => {
    fc.assert(
      fc.property(planted, ({ text, secret }) => {
        expect(redactIdentifiableInfo(text)).not.toContain(secret);
      }),
      options,
    );
  });

  it('is the text with its findings replaced', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        let replaced = '';
        let position = 0;
        for (const { kind, start, end } of findIdentifiableInfo(text)) {
          replaced += text.slice(position, start) + PLACEHOLDERS[kind];
          position = end;
        }
        expect(redactIdentifiableInfo(text)).toBe(replaced + text.slice(position));
      }),
      options,
    );
  });

  it('returns the same string if there is nothing to replace', () => {
    expect(redactIdentifiableInfo('nothing to see')).toBe('nothing to see');
    expect(redactIdentifiableInfo('')).toBe('');
  });

  it.each(Object.values(PLACEHOLDERS))(
    'leaves the placeholder %s alone in any surroundings',
    (placeholder) => {
      for (const text of [
        placeholder,
        `password=${placeholder}`,
        `"token": "${placeholder}"`,
        `Authorization: Bearer ${placeholder}`,
        `Authorization: Digest ${placeholder}`,
        `Cookie: ${placeholder}`,
        `https://${placeholder}@example.org/?q=${placeholder}`,
        `curl -u ${placeholder} --password ${placeholder}`,
        `password is '${placeholder}' for user '${placeholder}'`,
        `login ${placeholder} password ${placeholder}`,
        `${placeholder}/node_modules/x/index.js`,
        `file:///${placeholder}`,
      ]) {
        expect(redactIdentifiableInfo(text)).toBe(text);
      }
    },
  );
});

describe('findIdentifiableInfo', () => {
  it('points into the original text, sorted and disjoint, and at something', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        let position = 0;
        for (const { start, end } of findIdentifiableInfo(text)) {
          expect(start).toBeGreaterThanOrEqual(position);
          expect(end).toBeGreaterThan(start);
          position = end;
        }
        expect(position).toBeLessThanOrEqual(text.length);
      }),
      options,
    );
  });

  it('says the kind and the place, not the text', () => {
    expect(findIdentifiableInfo('by jo@example.org')).toEqual([{ kind: 'email', start: 3, end: 17 }]);
  });
});

describe('isUnchangedByScrubber', () => {
  it('agrees with redaction', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(isUnchangedByScrubber(text)).toBe(redactIdentifiableInfo(text) === text);
      }),
      options,
    );
  });
});

describe('work', () => {
  const repeated = [
    'a',
    '1',
    '@',
    '.',
    ' ',
    '/',
    '\\',
    '"',
    'a@',
    'a.',
    '1-',
    '1 ',
    '::',
    'key=',
    'key: ',
    'key="',
    'password=',
    'secret:"',
    "'",
    'user:',
    '://a:b',
    'http://',
    '/home/',
    '/home/a b',
    'C:\\',
    '\\\\a\\',
    'file:///',
    '~a/',
    '-----BEGIN PRIVATE KEY-----',
    'eyJ',
    'eyJa.',
    'sk-',
    'sk-a-',
    'xoxb-1-',
    '+1 ',
    '(555) ',
    '4111 ',
    'DE89 ',
    'Bearer ',
    'curl -u a:',
    ' -u a -p',
    'mysql -u a ',
    '--password ',
    'authorization: digest ',
    'cookie: a=b',
  ];

  // Backtracking inside one match is bounded by the patterns and measured in bench/; this counts what goes on around them.
  it.each(repeated)('grows no faster than the text on %j over and over', (unit) => {
    const few = countMatching(() => redactIdentifiableInfo(unit.repeat(Math.ceil(5_000 / unit.length))));
    const many = countMatching(() => redactIdentifiableInfo(unit.repeat(Math.ceil(50_000 / unit.length))));
    expect(many).toBeLessThan(15 * Math.max(few, 100));
  });
});

/** How often an expression was asked for a match. */
function countMatching(work: () => void): number {
  const exec = vi.spyOn(RegExp.prototype, 'exec');
  const test = vi.spyOn(RegExp.prototype, 'test');
  try {
    work();
    return exec.mock.calls.length + test.mock.calls.length;
  } finally {
    exec.mockRestore();
    test.mockRestore();
  }
}
