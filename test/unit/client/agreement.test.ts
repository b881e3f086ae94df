import { describe, expect, it } from 'vitest';
import { toAgreed, toAgreement } from '../../../src/client/agreement.js';
import { UNREADABLE_CATALOGUE } from '../../../src/consent/index.js';
import { scopeDigest, toConsentScope } from '../../../src/events/index.js';

const SCOPE = toConsentScope({
  app: 'acme',
  classes: [],
  recipient: 'eu.example.com',
  distinctId: 'session',
  untyped: false,
});

describe('what a person has agreed to', () => {
  it('is the whole scope, as it is kept and read again', () => {
    const kept = JSON.parse(JSON.stringify(toAgreed(SCOPE)));
    expect(toAgreement(kept)).toEqual({ kind: 'scope', scope: SCOPE });
    expect(toAgreement({ ...kept, catalogue: scopeDigest(SCOPE) })).toMatchObject({ kind: 'digest' });
  });

  it.each<[string, object | string]>([
    ['no scope', {}],
    ['a scope with a recipient that is none', { ...SCOPE, recipient: 7 }],
    ['a scope with members of a later version', { ...SCOPE, later: true }],
    ['nothing that could be read', UNREADABLE_CATALOGUE],
  ])(
    'is not known by its version alone where what was kept is %s: that says nothing of who receives it',
    (_what, catalogue) => {
      const { catalogueVersion } = toAgreed(SCOPE);
      expect(toAgreement({ catalogueVersion, catalogue })).toEqual({ kind: 'version', version: undefined });
    },
  );

  it('is known by its version where an earlier one of this library kept nothing else', () => {
    expect(toAgreement({ catalogueVersion: 'v1', catalogue: undefined })).toEqual({
      kind: 'version',
      version: 'v1',
    });
  });
});
