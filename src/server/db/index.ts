/** What the services keep, in PostgreSQL or in the embedded PGlite. Loads drizzle: import it when it is needed. */
export type {
  AuditEntry,
  ChangeResult,
  Database,
  NewOrgToken,
  OrgAnswer,
  OrgChange,
  OrgRepository,
  OrgState,
  OrgToken,
  OrgTokenRepository,
  TokenScope,
} from './contract.js';
export { RepositoryError } from './errors.js';
export { grantStatements } from './grant-statements.js';
export { tablesMissing } from './migrate.js';
export { type DatabaseOptions, openDatabase } from './open-database.js';
export type { AgentRun, RunRepository } from './runs/index.js';
