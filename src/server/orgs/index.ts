export { createOrgsApp, type OrgsEnv, type OrgsOptions } from './app.js';
