import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import type { SystemFacts } from '../events/index.js';

/** Read what the context of events is made from. Host name, user, addresses and directories are not looked at. */
export function readSystemFacts(isCi: boolean): SystemFacts {
  return {
    platform: platform(),
    release: release(),
    arch: arch(),
    nodeVersion: process.versions.node,
    cpuCount: availableParallelism(),
    memoryBytes: totalmem(),
    isCi,
  };
}
