import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

describe('identity numbers with a shape of their own', () => {
  it.each([
    ['United States, taxpayer', '912-70-1234'],
    ['United States, Medicare', '1EG4-TE5-MK72'],
    ['United Kingdom', 'AB 12 34 56 C'],
    ['United Kingdom, in one piece', 'AB123456C'],
    ['Spain', '12345678Z'],
    ['Spain, foreigners', 'X1234567L'],
    ['Italy', 'RSSMRA85T10A562S'],
    ['France', '1 85 05 78 006 084 91'],
    ['Belgium', '85.07.30-033.28'],
    ['Finland', '131052-308T'],
    ['Sweden', '811218-9876'],
    ['Switzerland', '756.9217.0769.85'],
    ['Czechia', '736028/5163'],
    ['Brazil', '111.444.777-35'],
    ['Brazil, companies', '11.222.333/0001-81'],
    ['Chile', '12.345.678-5'],
    ['Mexico', 'HEGG560427MVZRRL04'],
    ['India, tax', 'ABCPE1234F'],
    ['India, residents', '2341 2341 2346'],
    ['China', '11010519491231002X'],
    ['Korea', '900101-1234567'],
    ['Singapore', 'S1234567D'],
    ['Hong Kong', 'A123456(3)'],
    ['Taiwan', 'A123456789'],
    ['Pakistan', '35202-1234567-1'],
    ['Russia', '112-233-445 95'],
  ])('of %s go', (_country, number) => {
    expect(redactIdentifiableInfo(`for ${number}, ok`)).toBe('for <NATIONAL_ID>, ok');
  });

  it.each([
    ['Spain', '12345678A'],
    ['Italy', 'RSSMRA85T10A562T'],
    ['Belgium', '85.07.30-033.29'],
    ['Finland', '131052-308A'],
    ['Sweden', '811218-9875'],
    ['Switzerland', '756.9217.0769.84'],
    ['Czechia', '736028/5164'],
    ['Brazil', '111.444.777-36'],
    ['Chile', '12.345.678-4'],
    ['China', '110105194912310021'],
    ['Singapore', 'S1234567A'],
    ['Taiwan', 'A123456788'],
  ])('of %s stay when a check digit is wrong', (_country, number) => {
    expect(redactIdentifiableInfo(`for ${number}, ok`)).toBe(`for ${number}, ok`);
  });
});

describe('identity numbers that the text names', () => {
  it.each([
    'SSN: #',
    'my pesel is #',
    'BSN #',
    'Steuer-ID: #',
    'national id number #',
    'personnummer=#',
    '{"passport":"#"}',
    'NHS number: #',
    'tax id #',
    'Thai National ID #',
    '# is my aadhaar',
    '# ist meine Steuer-ID',
    'driver license number is #',
    'TFN: #',
  ])('go in %j, whatever their shape', (template) => {
    const number = '90817263544';
    expect(redactIdentifiableInfo(template.replace('#', number))).not.toContain(number);
  });

  it('go with the others of their list', () => {
    expect(redactIdentifiableInfo('passports: AB1234567 and XY7654321, ok')).toBe(
      'passports: <NATIONAL_ID> and <NATIONAL_ID>, ok',
    );
  });
});

describe('numbers of devices', () => {
  it.each([
    ['before 490154203237518 after', 'before <DEVICE_ID> after'],
    ['imei: 11-222222-333333-4', 'imei: <DEVICE_ID>'],
    ['Serial number: C02XG0FDH7JY', 'Serial number: <DEVICE_ID>'],
  ])('go in %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });
});

describe('other numbers', () => {
  it.each([
    'at 1718000000123 ms',
    'took 9007199254740991 ns',
    'order 2024-000123',
    'build 20240115.3',
    'customer 1234567890123',
    'isbn 978-3-16-148410-0',
    'version 10.0.19045.3930',
    'run 20240115123456',
    'id: 12345678901',
    '2024-01-15T10:30:00.000Z',
    'port 65535, pid 1234567',
    'order of 10 000 000 items',
    'RFC 7231, ISO 8601',
    'sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'serial number missing',
    'PAN is off',
  ])('stay in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});
