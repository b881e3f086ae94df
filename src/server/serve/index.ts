export { ROLES, type Role } from '../../settings/index.js';
export type { LogDestination } from '../observe/log-destination.js';
export {
  type CollectorRequests,
  type CorrectionResult,
  type OnceResult,
  type OpenCollectorOptions,
  type OpenedCollector,
  openCollector,
  type PreviewedReport,
} from './open-collector.js';
export type { ServerOptions } from './options.js';
export { type Server, startServer } from './server.js';
