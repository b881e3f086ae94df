export { ROLES, type Role } from '../../settings/index.js';
export type { ServerOptions } from './options.js';
export { type Server, startServer } from './server.js';
