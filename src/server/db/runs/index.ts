export type { AgentRun } from './agent-run.js';
export { createRunRepository } from './create-run-repository.js';
export type { RunRepository } from './run-repository.js';
