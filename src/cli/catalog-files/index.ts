/** The files in a maker's project that say what the code says: for people, for programs, and a part of the README. */
export { readCatalogueFile } from './catalogue-json.js';
export { checkCatalog } from './check-catalog.js';
export { writeCatalog } from './write-catalog.js';
