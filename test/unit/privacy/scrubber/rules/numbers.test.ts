import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

describe('payment cards', () => {
  it.each([
    ['Visa', '4111111111111111'],
    ['Visa in groups', '4111 1111 1111 1111'],
    ['Visa with dashes', '4111-1111-1111-1111'],
    ['Mastercard', '5555555555554444'],
    ['Mastercard from the second range', '2223003122003222'],
    ['American Express', '3782 822463 10005'],
    ['Diners Club', '30569309025904'],
    ['Discover', '6011111111111117'],
    ['JCB', '3530111333300000'],
    ['Maestro', '6759649826438453'],
    ['UnionPay', '6200000000000005'],
  ])('of %s are taken out', (_network, number) => {
    expect(redactIdentifiableInfo(`card ${number} declined`)).toBe('card <CARD> declined');
  });

  it.each([
    ['has a wrong check digit', '4111111111111112'],
    ['starts like no card', '9007199254740990'],
    ['is longer than any card', '41111111111111111111'],
    ['goes on in letters', '4111111111111111abc'],
    ['is the fraction of a number', '0.4111111111111111'],
  ])('are not seen in a number that %s', (_reason, number) => {
    expect(redactIdentifiableInfo(`value ${number}`)).toBe(`value ${number}`);
  });
});

describe('bank accounts', () => {
  it.each([
    'DE89370400440532013000',
    'DE89 3704 0044 0532 0130 00',
    'GB82WEST12345698765432',
    'gb82west12345698765432',
  ])('are taken out as %s', (iban) => {
    expect(redactIdentifiableInfo(`to ${iban}.`)).toBe('to <IBAN>.');
  });

  it('are only believed with fitting check digits, unless the text says IBAN', () => {
    expect(redactIdentifiableInfo('to DE88370400440532013000')).toBe('to DE88370400440532013000');
    expect(redactIdentifiableInfo('IBAN: DE88370400440532013000')).toBe('IBAN: <IBAN>');
  });
});

describe('social security numbers', () => {
  it.each([
    ['078-05-1120', '<NATIONAL_ID>'],
    ['is 078.05.1120.', 'is <NATIONAL_ID>.'],
    ['ssn=078051120', 'ssn=<NATIONAL_ID>'],
    ['SSN: 078 05 1120', 'SSN: <NATIONAL_ID>'],
  ])('are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    '000-12-3456',
    '666-12-3456',
    '900-12-3456',
    '123-00-4567',
    '123-45-0000',
    '123-45-67890',
    '078-05.1120',
  ])('are not seen in %s, which is never issued', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});
