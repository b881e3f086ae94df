import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  defineFlags,
  type FlagDeclarations,
  type FlagKey,
  type FlagValue,
} from '../../../src/flags/index.js';

const define = (declarations: unknown) => () => defineFlags(declarations as FlagDeclarations);

describe('definitions', () => {
  it('are a frozen copy', () => {
    const declared = { new_reranker: ['control', 'test'], beta_ui: 'boolean' } as const;
    const definitions = defineFlags(declared);
    expect(definitions).toEqual(declared);
    expect(definitions).not.toBe(declared);
    expect(definitions.new_reranker).not.toBe(declared.new_reranker);
    expect(Object.isFrozen(definitions)).toBe(true);
    expect(Object.isFrozen(definitions.new_reranker)).toBe(true);
    expect(Object.isFrozen(declared)).toBe(false);
  });

  it('know their keys and values as types', () => {
    const definitions = defineFlags({ new_reranker: ['control', 'test'], beta_ui: 'boolean' });
    type Defined = typeof definitions;
    expectTypeOf<FlagKey<Defined>>().toEqualTypeOf<'new_reranker' | 'beta_ui'>();
    expectTypeOf<FlagValue<Defined, 'new_reranker'>>().toEqualTypeOf<'control' | 'test'>();
    expectTypeOf<FlagValue<Defined, 'beta_ui'>>().toEqualTypeOf<boolean>();
    expectTypeOf<FlagValue<FlagDeclarations, string>>().toEqualTypeOf<string | boolean>();
  });

  it('may be none, and at most 100', () => {
    const flags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`flag-${at}`, 'boolean']));
    expect(define(flags(0))).not.toThrow();
    expect(define(flags(100))).not.toThrow();
    expect(define(flags(101))).toThrow('At most 100 flags can be declared.');
  });
});

describe('a key', () => {
  it.each(['a', '7', 'A-b_c', 'x'.repeat(64), 'constructor'])('may be %j', (key) => {
    expect(define({ [key]: 'boolean' })).not.toThrow();
  });

  it.each(['', '_a', '-a', 'a b', 'a.b', 'ä', 'a\n', 'x'.repeat(65), '__proto__'])(
    'must not be %j',
    (key) => {
      expect(define(Object.fromEntries([[key, 'boolean']]))).toThrow(
        expect.objectContaining({
          code: 'FLAG_DEFINITION_INVALID',
          message:
            'The key of flag 1 must be a letter or digit, then letters, digits, "_" or "-", at most 64 characters.',
        }),
      );
    },
  );
});

describe('a declaration', () => {
  it.each([
    ['must have at least one variant', []],
    ['names a variant twice', ['control', 'test', 'control']],
    ['a variant must be a label', ['control', '']],
    ['a variant must be a label', ['two words']],
    ['a variant must be a label', ['x'.repeat(65)]],
    ['a variant must be a label', ['ada@example.org']],
    ['a variant must be a label', [1]],
    ["must be 'boolean' or a list of variants", 'string'],
    ["must be 'boolean' or a list of variants", true],
    ["must be 'boolean' or a list of variants", null],
    ["must be 'boolean' or a list of variants", { 0: 'control' }],
  ])('%s, unlike %j', (rule, declaration) => {
    expect(define({ good: 'boolean', new_reranker: declaration })).toThrow(
      expect.objectContaining({
        code: 'FLAG_DEFINITION_INVALID',
        message: expect.stringContaining(`Flag new_reranker: ${rule}`),
      }),
    );
  });
});
