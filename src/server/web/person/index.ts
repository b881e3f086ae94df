export { createPersonPage } from './create-person-page.js';
export type { PersonOptions } from './options.js';
