import type { ConsentReason } from '../consent/index.js';

/** The reason of everything here. */
export const WHY: ConsentReason = Object.freeze({
  layer: 'built_without',
  source: 'the condition no-telemetry',
  message: 'Telemetry is off: this program was built without it.',
  fix: 'Use a build of this program that was not made with the condition no-telemetry.',
});
