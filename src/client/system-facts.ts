import { createRequire } from 'node:module';
import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import type { SystemFacts } from '../events/index.js';

/** Read what the context of events is made from. Host name, user, addresses and directories are not looked at. */
export function readSystemFacts(): SystemFacts {
  return {
    platform: platform(),
    release: release(),
    arch: arch(),
    nodeVersion: process.versions.node,
    cpuCount: availableParallelism(),
    memoryBytes: totalmem(),
    isCi: isCi(),
  };
}

/**
 * Loaded when the first event needs it: a telemetry client that stays off costs no list of CI systems. A bundler does not
 * see it; where it was not brought along, nothing is known of CI.
 */
function isCi(): boolean {
  try {
    const require = createRequire(import.meta.url);
    return (require('ci-info') as typeof import('ci-info')).isCI;
  } catch {
    return false;
  }
}
