import { toExpiryMs } from '../../privacy/index.js';
import type { Catalogue, CatalogueField } from './catalogue.js';
import { exampleOf } from './describe-event.js';

/**
 * What of a catalogue is still collected. The version stays: it names what is agreed to, whatever has ended of it.
 *
 * @param nowMs - since 1970
 */
export function withoutExpired(catalogue: Catalogue, nowMs: number): Catalogue {
  const isCollected = ({ expires }: Pick<CatalogueField, 'expires'>) => nowMs < toExpiryMs(expires);
  const fieldsOf = (fields: readonly CatalogueField[]): CatalogueField[] =>
    fields.filter(isCollected).map((field) => {
      const inside = fieldsOf(field.fields);
      return field.conversion === 'nested' ? { ...field, fields: inside, example: exampleOf(inside) } : field;
    });
  const { version, events, common, session } = catalogue;
  return {
    version,
    events: events.filter(isCollected).map((event) => {
      const fields = fieldsOf(event.fields);
      return { ...event, fields, example: exampleOf(fields) };
    }),
    common: fieldsOf(common),
    session: fieldsOf(session),
  };
}
