import { groupBy } from '../../internal/index.js';
import { eventNameOnWire, modelOfSchema, type SchemaModel } from '../../privacy/index.js';
import { EventContext } from '../event-context.js';
import { toFieldScopes } from './field-scope.js';
import { mergeEventScopes, mergeFieldScopes } from './merge-scopes.js';
import type { CatalogueScope, ConsentScope, EventScope } from './scope.js';

export interface ConsentScopeInput extends Pick<ConsentScope, 'distinctId' | 'untyped'> {
  /** The app's name, for events that are sent as `<app>_<name>`. */
  readonly app: string;
  /** Event classes, and those of metadata that the maker gives to sessions. */
  readonly classes: readonly object[];
  /** The address that events are sent to, or the name of its host. */
  readonly recipient: string;
}

/** What a yes covers, read from the same rules that reduce the events. Pure. */
export function toConsentScope(input: ConsentScopeInput): ConsentScope {
  const { app, classes, recipient, distinctId, untyped } = input;
  return { recipient: toHostName(recipient), distinctId, untyped, ...toCatalogueScope(app, classes) };
}

/** The part of it that is in the catalogue's version. Says at least what leaves, as the catalogue does. */
export function toCatalogueScope(app: string, classes: readonly object[]): CatalogueScope {
  const models = modelsOf(classes);
  const context = modelOfSchema(EventContext);
  const events = models.flatMap((model) =>
    model.event ? [{ name: eventNameOnWire(app, model.event), scope: toEventScope(model) }] : [],
  );
  return {
    events: Object.fromEntries(
      [...groupBy(events, ({ name }) => name)].map(([name, same]) => [
        name,
        mergeEventScopes(same.map(({ scope }) => scope)),
      ]),
    ),
    common: context ? toFieldScopes(context) : {},
    session: mergeFieldScopes(models.filter(({ event }) => !event).map((model) => toFieldScopes(model))),
  };
}

/** Of each class once. What declares nothing is left out. */
export function modelsOf(classes: readonly object[]): SchemaModel[] {
  return [...new Set(classes)].flatMap((schema) => modelOfSchema(schema) ?? []);
}

function toEventScope(model: SchemaModel): EventScope {
  const undeclared = model.event?.undeclared === 'plain';
  const expires = model.event?.stewardship.expires;
  // Elsewhere what is forbidden would not leave anyway.
  const forbidden = undeclared ? forbiddenOf(model) : [];
  return {
    undeclared,
    ...(expires === undefined ? {} : { expires }),
    ...(forbidden.length === 0 ? {} : { forbidden }),
    fields: toFieldScopes(model),
  };
}

function forbiddenOf({ sources }: SchemaModel): string[] {
  return [...sources]
    .flatMap(([source, { conversion }]) => (conversion === 'forbidden' ? [source] : []))
    .sort();
}

/** The same server whatever port, path and spelling it is reached by. */
function toHostName(recipient: string): string {
  return URL.canParse(recipient) ? new URL(recipient).hostname : recipient.toLowerCase();
}
