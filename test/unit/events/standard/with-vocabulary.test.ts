import { describe, expect, expectTypeOf, it } from 'vitest';
import { createCatalogue, FeatureUsed, ServiceHealth, withVocabulary } from '../../../../src/events/index.js';
import { event, knownEventClasses, oneOf, plain } from '../../../../src/privacy/index.js';
import { openDoor } from '../../privacy/support.js';

const configError = (code: string) => expect.objectContaining({ name: 'ConfigError', code });

describe('a standard event with a vocabulary', () => {
  const Feature = withVocabulary(FeatureUsed, { feature_name: ['search', 'export'] });

  it.each([
    ['search', 'search'],
    ['export', 'export'],
    ['import', 'other'],
    ['my secret feature', 'other'],
    ['jane@example.org', 'other'],
    ['', 'other'],
  ])('sends %j as %j', (feature_name, sent) => {
    const door = openDoor();
    expect(door.typed(Feature.create({ feature_name }))).toEqual({ feature_name: sent });
    expect(door.dropped).toEqual({});
  });

  it('leaves under the name of the event, with its other fields as they were', () => {
    const used = Feature.create({ feature_name: 'search', channel: 'cli' });
    const sent = openDoor().sanitizer.typed(used, {} as never);
    expect(sent).toMatchObject({ properties: { feature_name: 'search', channel: 'cli' } });
    expect(sent?.event).toMatch(/feature\.used$/);
    expect(used).toBeInstanceOf(FeatureUsed);
    expect(Feature.name).toBe('FeatureUsed');
  });

  it('does not change the event that it is made of', () => {
    const door = openDoor();
    expect(door.typed(FeatureUsed.create({ feature_name: 'import' }))).toEqual({ feature_name: 'import' });
  });

  it('is known, and listed with its labels', () => {
    expect(knownEventClasses()).toContain(Feature);
    const [described] = createCatalogue('acme', [Feature]).events;
    expect(described?.fields[0]).toMatchObject({
      name: 'feature_name',
      labels: ['search', 'export', 'other'],
    });
  });

  it('may be closed further, and not opened again', () => {
    const Narrower = withVocabulary(
      Feature as never,
      { feature_name: ['search'] } as never,
    ) as typeof Feature;
    expect(openDoor().typed(Narrower.create({ feature_name: 'export' }))).toEqual({ feature_name: 'other' });
    const widen = () => withVocabulary(Narrower as never, { feature_name: ['export'] } as never);
    expect(widen).toThrow(configError('FIELD_WEAKENED'));
  });

  it('may be narrowed by a class of its own too', () => {
    @event('search_used')
    class SearchUsed extends FeatureUsed {
      @plain(oneOf('cli', 'web').or('other')) override channel = 'cli';
    }
    const used = Object.assign(new SearchUsed(), { feature_name: 'search', channel: 'two words' });
    expect(openDoor().typed(used)).toEqual({ feature_name: 'search', channel: 'other' });
  });

  it.each([
    ['FIELD_WEAKENED', ['two words']],
    ['FIELD_WEAKENED', ['jane@example.org']],
    ['LABELS_INVALID', ['search', 'search']],
    ['LABELS_INVALID', []],
  ])('is refused with %s for the labels %j', (code, labels) => {
    const close = () => withVocabulary(FeatureUsed, { feature_name: labels as [string] });
    expect(close).toThrow(configError(code));
  });

  it('is refused for a field that there is not, or that has a list already', () => {
    const misspelt = { feature_nmae: ['search'] };
    expect(() => withVocabulary(FeatureUsed, misspelt as never)).toThrow(configError('FIELD_UNKNOWN'));
    expect(() => withVocabulary(ServiceHealth, { status: ['on_fire'] })).toThrow(
      configError('FIELD_WEAKENED'),
    );
  });

  it('offers its labels to the compiler, and takes other strings', () => {
    expectTypeOf(Feature.create).parameter(0).toHaveProperty('feature_name');
    expectTypeOf(new Feature().feature_name).toEqualTypeOf<'search' | 'export' | (string & {})>();
    expectTypeOf(new Feature().channel).toEqualTypeOf<string | undefined>();
    // @ts-expect-error: not a field
    expect(() => withVocabulary(FeatureUsed, { colour: ['red'] })).toThrow();
  });
});
