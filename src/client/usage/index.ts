export { type HookNames, parseHookNames } from './hook-names.js';
export {
  type EmitterLike,
  type HookableLike,
  type HookSource,
  instrument,
  type TargetLike,
} from './instrument.js';
export { createUsageRecorder, type UsageRecorder } from './usage-recorder.js';
