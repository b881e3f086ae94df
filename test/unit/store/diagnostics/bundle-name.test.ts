import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBundleName, toBundleName } from '../../../../src/store/diagnostics/bundle-name.js';
import { NOW } from './support.js';

describe('the name of a bundle', () => {
  it('says whose it is and when it was made, in UTC', () => {
    expect(toBundleName('acme', NOW, '1b4e28ba')).toBe('acme-diagnostics-20261121_083000-1b4e28ba.zip');
  });

  it('is known again, for every app and time', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9_-]{0,39}$/),
        fc.date({ min: new Date(0), max: new Date('2199-12-31'), noInvalidDate: true }),
        fc.stringMatching(/^[0-9a-f]{8}$/),
        (app, time, unique) => isBundleName(toBundleName(app, time.getTime(), unique)),
      ),
    );
  });

  it.each([
    ['acme-diagnostics-20261121_083000-1b4e28ba.zip', true],
    ['acme-diagnostics-20261121_083000-1b4e28ba.zip.tmp', true],
    ['acme-diagnostics-20261121_083000-1b4e28ba.zip.bak', false],
    ['acme-diagnostics-20261121_083000-1B4E28BA.zip', false],
    ['acme-diagnostics-20261121_083000.zip', false],
    ['-diagnostics-20261121_083000-1b4e28ba.zip', false],
    ['../acme-diagnostics-20261121_083000-1b4e28ba.zip', false],
    ['my diagnostics.zip', false],
    ['', false],
  ])('is told from others: %s', (name, expected) => {
    expect(isBundleName(name)).toBe(expected);
  });
});
