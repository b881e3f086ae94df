export type { ServerOptions } from './options.js';
export { ROLES, type Role } from './roles.js';
export { type Server, startServer } from './server.js';
