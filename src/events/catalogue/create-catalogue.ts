import { deepFreeze, groupBy } from '../../internal/index.js';
import { modelOfSchema } from '../../privacy/index.js';
import { EventContext } from '../event-context.js';
import type { Catalogue, CatalogueEvent, CatalogueField } from './catalogue.js';
import { describeEvent, describeFields } from './describe-event.js';
import { earlierExpiry, lastExpiry } from './expiry.js';
import { modelsOf, toCatalogueScope } from './to-scope.js';
import { versionOf } from './version.js';

/**
 * What is collected, read from the same rules that reduce the events. Pure.
 *
 * @param app - the app's name, for events that are sent as `<app>_<name>`
 * @param classes - event classes; those of one name are one event. Classes that are no events tell of sessions
 * @returns deeply frozen; events and fields in the order of declaration
 * @remarks Says at least what leaves: a refinement of a maker's own schema and an event's `handler` only narrow, and
 *   neither is in it.
 */
export function createCatalogue(app: string, classes: readonly object[]): Catalogue {
  const models = modelsOf(classes);
  const events = models.filter(({ event }) => event !== undefined);
  const metadata = models.filter(({ event }) => event === undefined);
  const context = modelOfSchema(EventContext);
  return deepFreeze({
    version: versionOf(toCatalogueScope(app, classes)),
    events: mergeEvents(events.map((model) => describeEvent(app, model))),
    common: context ? describeFields(context).fields : [],
    session: uniqueFields(metadata.flatMap((model) => describeFields(model).fields)),
  });
}

/** A search with scores and one without are two classes and, for everybody else, one event. */
function mergeEvents(events: readonly CatalogueEvent[]): CatalogueEvent[] {
  return [...groupBy(events, ({ name }) => name)].map(([name, same]) => merge(name, same));
}

function merge(name: string, events: readonly CatalogueEvent[]): CatalogueEvent {
  const expires = lastExpiry(events.map((event) => event.expires));
  const fields = uniqueFields(events.flatMap((event) => fieldsUntil(event, expires)));
  const leaving = new Set(fields.map((field) => field.name));
  const forbidden = new Set(events.flatMap((event) => event.forbidden));
  return {
    name,
    fields,
    forbidden: [...forbidden].filter((path) => !leaving.has(path)),
    undeclared: events.some(({ undeclared }) => undeclared === 'plain') ? 'plain' : 'drop',
    purpose: events.find(({ purpose }) => purpose !== undefined)?.purpose,
    owner: events.find(({ owner }) => owner !== undefined)?.owner,
    expires,
    example: Object.assign({}, ...events.map(({ example }) => example)) as CatalogueEvent['example'],
  };
}

/** The fields of a class that ends before the event does end with it. */
function fieldsUntil({ fields, expires }: CatalogueEvent, eventExpires: string | undefined) {
  if (expires === eventExpires) return fields;
  return fields.map((field) => ({ ...field, expires: earlierExpiry(field.expires, expires) }));
}

/** Those that say the same of what leaves are one, with the words of the first. */
function uniqueFields(fields: readonly CatalogueField[]): CatalogueField[] {
  const byMeaning = new Map<string, CatalogueField>();
  for (const field of fields) {
    const meaning = JSON.stringify({ ...field, purpose: undefined, owner: undefined });
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, field);
  }
  return [...byMeaning.values()];
}
