import type { CollectorOptions } from '../../../../../src/server/collector/index.js';

/** What an operator has said, unless a test says otherwise. */
export const SETTINGS: CollectorOptions['settings'] = {
  enabledByDefault: true,
  minGroup: 2,
  heartbeatIntervalSeconds: 300,
  analyticsHourUtc: 2,
  licenseCacheTtlSeconds: 3_600,
  licenseGraceSeconds: 3_600,
  internalApiToken: undefined,
};
