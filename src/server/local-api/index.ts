export { createLocalApi } from './app.js';
export { openLocalApiToken } from './open-token.js';
export type { LocalApiOptions } from './options.js';
export type { FieldProblem, LocalApiProblem } from './problem.js';
export { type LocalApiServer, type LocalApiServerOptions, startLocalApiServer } from './server.js';
