export type { Canary } from './canary.js';
export { type Canaries, createCanaries, listCanaries } from './create-canaries.js';
export { type CanarySearch, createSearch, type Found } from './search.js';
