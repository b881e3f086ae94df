import { modelOfSchema } from '../../privacy/index.js';
import { EventContext } from '../event-context.js';
import type { Catalogue, CatalogueEvent } from './catalogue.js';
import { describeEvent, describeFields } from './describe-event.js';
import { versionOf } from './version.js';

/**
 * What is collected, read from the same rules that reduce the events. Pure.
 *
 * @param app - the app's name, for events that are sent as `<app>_<name>`
 * @param classes - event classes. Those that are no events are left out, those of one name are one event
 * @returns deeply frozen; events and fields in the order of declaration
 * @remarks Says at least what leaves: a refinement of a maker's own schema and an event's `handler` only narrow, and
 *   neither is in it.
 */
export function createCatalogue(app: string, classes: readonly object[]): Catalogue {
  const models = [...new Set(classes)].flatMap((schema) => {
    const model = modelOfSchema(schema);
    return model?.event ? [model] : [];
  });
  const context = modelOfSchema(EventContext);
  return deepFreeze({
    version: versionOf(app, context ? [...models, context] : models),
    events: mergeEvents(models.map((model) => describeEvent(app, model))),
    common: context ? describeFields(context).fields : [],
  });
}

/** A search with scores and one without are two classes and, for everybody else, one event. */
function mergeEvents(events: readonly CatalogueEvent[]): CatalogueEvent[] {
  const merged = new Map<string, CatalogueEvent>();
  for (const event of events) {
    const known = merged.get(event.name);
    merged.set(event.name, known ? merge(known, event) : event);
  }
  return [...merged.values()];
}

function merge(a: CatalogueEvent, b: CatalogueEvent): CatalogueEvent {
  const fields = new Map([...a.fields, ...b.fields].map((field) => [JSON.stringify(field), field]));
  const leaving = new Set([...a.fields, ...b.fields].map(({ name }) => name));
  return {
    name: a.name,
    fields: [...fields.values()],
    forbidden: [...new Set([...a.forbidden, ...b.forbidden])].filter((name) => !leaving.has(name)),
    undeclared: b.undeclared === 'plain' ? 'plain' : a.undeclared,
    example: { ...a.example, ...b.example },
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
