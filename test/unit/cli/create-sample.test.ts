import { count, declareConversions, TelemetryEvent } from 'sotto';
import { describe, expect, it } from 'vitest';
import { createSample, parseFields } from '../../../src/cli/create-sample.js';

describe('createSample', () => {
  it('makes an event of a class with its own create()', () => {
    class Opened extends TelemetryEvent {
      @count() tabs!: string[];
    }
    const sample = createSample(Opened, { tabs: ['a', 'b'] });
    expect(sample).toBeInstanceOf(Opened);
    expect(sample).toEqual(Object.assign(new Opened(), { tabs: ['a', 'b'] }));
  });

  it('calls no constructor that it knows nothing of', () => {
    class Foreign {
      readonly tabs: string[];
      constructor() {
        throw new Error('needs a window');
      }
    }
    const sample = createSample(Foreign, { tabs: ['a'] });
    expect(sample).toBeInstanceOf(Foreign);
    expect(sample).toEqual(Object.assign(Object.create(Foreign.prototype) as object, { tabs: ['a'] }));
    expect(declareConversions).toBeTypeOf('function');
  });
});

describe('parseFields', () => {
  it('takes a JSON object', () => {
    expect(parseFields('{"tabs": ["a"]}')).toEqual({ tabs: ['a'] });
  });

  it.each(['', '[]', 'null', '3', '"a"', '{', '{a: 1}'])('refuses %s', (text) => {
    expect(() => parseFields(text)).toThrow(/no JSON object/);
  });
});
