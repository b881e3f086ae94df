/**
 * The entry `sotto/server`: receive events and evaluate flags in PostHog's wire format; the local API of an app's telemetry;
 * the settings of organisations; and the pages.
 */

export { grantStatements } from './db/grant-statements.js';
export type { AgentRun } from './db/runs/agent-run.js';
export type { RunRepository } from './db/runs/run-repository.js';
export * from './ingest/index.js';
export * from './local-api/index.js';
export {
  type OpenedOperator,
  type OperatorCommand,
  type OperatorResult,
  openOperator,
} from './operator/index.js';
export * from './serve/index.js';
