import { describe, expect, it } from 'vitest';
import {
  addRedactionRule,
  createScrubber,
  redactIdentifiableInfo,
} from '../../../../src/privacy/scrubber/index.js';
import { isLabelLike, toPayloadKey } from '../../../../src/privacy/serialize/safe-text.js';

describe('a rule of the maker', () => {
  it('takes out more from then on, also of what was judged before', () => {
    expect(redactIdentifiableInfo('order ord_12ab ok')).toBe('order ord_12ab ok');
    expect(isLabelLike('ord_12ab')).toBe(true);
    expect(toPayloadKey('ord_12ab')).toBe('ord_12ab');

    addRedactionRule({ name: 'order', pattern: /ord_[a-z0-9]{2,12}/, placeholder: '<ORDER>' });

    expect(redactIdentifiableInfo('order ord_12ab ok')).toBe('order <ORDER> ok');
    expect(isLabelLike('ord_12ab')).toBe(false);
    expect(toPayloadKey('ord_12ab')).toBe('<ORDER>');
  });

  it('never brings back what a built-in rule takes out', () => {
    const scrubber = createScrubber({ rules: [{ name: 'local', pattern: /jo@/ }] });
    expect(scrubber.redact('to jo@example.org')).toBe('to <EMAIL>');
  });

  it('leaves placeholders whole, whatever it matches', () => {
    const scrubber = createScrubber({ rules: [{ name: 'capitals', pattern: /[A-Z]{2,30}/ }] });
    const once = scrubber.redact('to jo@example.org from ACME');
    expect(once).toBe('to <EMAIL> from <REDACTED>');
    expect(scrubber.redact(once)).toBe(once);
  });

  it('keeps the flags that change what it means', () => {
    const scrubber = createScrubber({ rules: [{ name: 'acme', pattern: /acme/gi }] });
    expect(scrubber.redact('Acme ACME acme')).toBe('<REDACTED> <REDACTED> <REDACTED>');
  });

  it.each([
    ['no name', { name: '', pattern: /a/ }],
    ['no expression', { name: 'x', pattern: 'a' as never }],
    ['an expression that matches nothing at all', { name: 'x', pattern: /a?/ }],
    ['an expression that may take too long', { name: 'x', pattern: /(a+)+b/ }],
    ['a placeholder that could be read as text', { name: 'x', pattern: /a/, placeholder: 'gone' }],
  ])('with %s is refused', (_what, rule) => {
    expect(() => addRedactionRule(rule)).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
