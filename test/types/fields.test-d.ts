import { describe, test } from 'vitest';
import { z } from 'zod';
import {
  AnonymityConversion,
  aggregate,
  anonymize,
  bool,
  boolean,
  count,
  dateBucket,
  declareConversions,
  distribution,
  forbidden,
  hash,
  integer,
  listOf,
  nested,
  number,
  oneOf,
  optional,
  plain,
  presenceMap,
  textCount,
} from '../../src/privacy/index.js';

class Match {
  @count() lines: number[] = [];
}

class Other {
  readonly unlike = true;
}

describe('a field', () => {
  test('may carry a rule that fits its type', () => {
    class Fits {
      @count() array: readonly Match[] = [];
      @count() optional?: string[];
      @count() nullable: Set<number> | null = null;
      @count() map = new Map<string, number>();
      @count() record: Record<string, number> = {};
      @count() bytes = new Uint8Array();
      @textCount() text = '';
      @textCount() textOrNothing?: string | null;
      @aggregate('mean') numbers: readonly number[] = [];
      @aggregate() one = 1;
      @aggregate() big: bigint[] = [];
      @aggregate() set?: Set<number>;
      @distribution(['a']) labels: readonly string[] = [];
      @distribution(['a']) label?: string;
      @distribution(['a']) byKey: Record<string, string> = {};
      @distribution(['1']) flags = new Set<boolean>();
      @boolean() anything: unknown;
      @hash() hashed: { name: string } | undefined;
      @forbidden() secret?: string;
      @presenceMap() settings: object | undefined;
      @nested(() => Match) one_: Match | undefined;
      @nested(() => Match) many: readonly Match[] = [];
      @nested(() => Match) named = new Map<string, Match>();
      @count() accessor items: string[] = [];
      @boolean()
      get computed(): boolean {
        return true;
      }
      @plain(oneOf('a', 'b')) own: 'a' | 'b' = 'a';
      @plain(oneOf('a', 'b')) narrower: 'a' = 'a';
      @plain(oneOf('a').or('other')) open = '';
      @plain(number({ min: 0, max: 1 })) share: number | null = 0;
      @plain(dateBucket('day')) day = new Date();
      @plain(listOf(oneOf('a'))) list: readonly 'a'[] = [];
      @plain(optional(bool())) maybe?: boolean;
      @plain(z.enum(['a', 'b'])) zod: 'a' | 'b' | undefined;
      @plain(z.number().min(0).max(1)) zodNumber = 0;
      @plain(z.coerce.number().min(0).max(1)) coerced = 0;
      @plain(z.enum(['a']).optional()) zodOptional?: 'a';
      @anonymize(AnonymityConversion.HASH, { identity: 'user' }) general = '';
      @anonymize('distribution', { labels: ['a'] }) generalLabels: string[] = [];
      @anonymize('plain', { schema: oneOf('a') }) generalPlain: 'a' = 'a';
    }
    new Fits();
  });

  test('may not carry a rule that does not', () => {
    class Unfit {
      // @ts-expect-error a number cannot be counted
      @count() number = 1;
      // @ts-expect-error a text cannot be counted: textCount() does that
      @count() text = '';
      // @ts-expect-error there is no text in a number
      @textCount() noText = 1;
      // @ts-expect-error there is no text in a list
      @textCount() list: string[] = [];
      // @ts-expect-error texts have no sum
      @aggregate() texts: string[] = [];
      // @ts-expect-error a text has no sum, though it is iterable
      @aggregate() oneText = '';
      // @ts-expect-error objects have no sum
      @aggregate('mean') objects: Match[] = [];
      // @ts-expect-error objects are no labels
      @distribution(['a']) matches: Match[] = [];
      // @ts-expect-error an object is no label
      @distribution(['a']) match = new Match();
      // @ts-expect-error a text has no names in it
      @presenceMap() noRecord = '';
      // @ts-expect-error another class
      @nested(() => Match) other = new Other();
      // @ts-expect-error lists of another class
      @nested(() => Match) others: Other[] = [];
      // @ts-expect-error wider than its labels
      @plain(oneOf('a', 'b')) wider: 'a' | 'b' | 'c' = 'a';
      // @ts-expect-error any text at all
      @plain(oneOf('a', 'b')) anyText = '';
      // @ts-expect-error a number is no label here
      @plain(oneOf('a', 'b')) wrongKind = 1;
      // @ts-expect-error a text is no number
      @plain(integer({ min: 0, max: 1 })) noNumber = '';
      // @ts-expect-error a text is no date
      @plain(dateBucket('day')) noDate = '2026-11-21';
      // @ts-expect-error one is no list
      @plain(listOf(bool())) noList = true;
      // @ts-expect-error wider than its zod schema
      @plain(z.enum(['a', 'b'])) zod = '';
      // @ts-expect-error another kind than its zod schema
      @plain(z.number().min(0).max(1)) zodText = '';
      // @ts-expect-error another kind than a zod schema that coerces
      @plain(z.coerce.number().min(0).max(1)) coercedText = '';
      // @ts-expect-error a number cannot be counted in the general form either
      @anonymize(AnonymityConversion.COUNT) general = 1;
      // @ts-expect-error texts have no sum in the general form either
      @anonymize(AnonymityConversion.AGGREGATE) generalTexts: string[] = [];
    }
    new Unfit();
  });

  test('needs the options its rule needs', () => {
    // @ts-expect-error labels are missing
    distribution();
    // @ts-expect-error a schema is missing
    plain();
    // @ts-expect-error the options are missing
    anonymize(AnonymityConversion.PLAIN);
    // @ts-expect-error labels are missing
    anonymize(AnonymityConversion.DISTRIBUTION, {});
    // @ts-expect-error no such function
    aggregate('mode');
    // @ts-expect-error no such scope
    hash({ scope: 'forever' });
    // @ts-expect-error no such way
    textCount({ withToolsOverPrivacy: 'raw' });
    // @ts-expect-error both bounds are needed
    number({ min: 0 });
    // @ts-expect-error no such bucket
    dateBucket('minute');
    // @ts-expect-error a transforming schema: what leaves would not be what was declared
    plain(z.enum(['a']).transform((label) => label.length));
  });
});

describe('declareConversions', () => {
  class Foreign {
    user = '';
    items: string[] = [];
  }

  test('takes rules by the names of fields and of aliases', () => {
    declareConversions(Foreign, { user: 'hash', items: count() });
    declareConversions(Foreign, { account: AnonymityConversion.HASH }, { aliases: { user: 'account' } });
    declareConversions(Foreign, { items: distribution(['a']) }, { event: 'foreign', undeclared: 'plain' });
  });

  test('takes no other name and no other conversion', () => {
    // @ts-expect-error the class has no such field
    declareConversions(Foreign, { usr: 'hash' });
    // @ts-expect-error no such conversion
    declareConversions(Foreign, { user: 'encrypt' });
    // @ts-expect-error the class has no such field to give another name
    declareConversions(Foreign, { user: 'hash' }, { aliases: { usr: 'account' } });
    // @ts-expect-error no such mode
    declareConversions(Foreign, { user: 'hash' }, { undeclared: 'all' });
  });
});
