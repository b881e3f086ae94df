export { readEnvironment } from './environment.js';
export type { ConsentBasis, TelemetryOptions } from './options.js';
export { resolveSettings } from './resolve.js';
export type {
  ConsentLayer,
  ConsentLayerName,
  Settings,
  SettingWarning,
  SettingWarningCode,
} from './settings.js';
export { SETTING_NAMES, type SettingName, variableNames } from './table.js';
export type { Environment } from './variables.js';
