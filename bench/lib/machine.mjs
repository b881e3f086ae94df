import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What figures depend on. The load is that of the last minutes: most of it is the run itself. */
export const describeMachine = () => ({
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  processors: availableParallelism(),
  memoryGb: Math.round(totalmem() / 1e9),
  load: loadavg().map((load) => Number(load.toFixed(1))),
});
