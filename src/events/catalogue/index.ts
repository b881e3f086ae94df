export { BUILT_IN_EVENTS, withVariants } from './built-in-events.js';
export type { Catalogue, CatalogueEvent, CatalogueField } from './catalogue.js';
export { createCatalogue } from './create-catalogue.js';
