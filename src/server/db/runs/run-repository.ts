import type { AgentRun } from './agent-run.js';

/**
 * The runs of a product that keeps them here. One that has a table `agent_runs` of its own writes there by itself. Rejects with a
 * `RepositoryError` that names no value.
 */
export interface RunRepository {
  /**
   * Keep runs, all of them or none. A run whose id is there takes its place, as one that ends does; of several with one id in a call, the
   * last one does.
   *
   * @returns how many were not there before
   * @throws {TelemetryError} `REQUEST_INVALID` for a run that is none; then none is kept
   */
  add(runs: readonly AgentRun[]): Promise<number>;
}
