export { createConfigFileSource } from './config-file-source.js';
export { type ConfigFile, readConfigFiles } from './config-files.js';
export { type ConfigPlace, findConfigPlaces } from './config-places.js';
export { describeSettings, type SettingDescription } from './describe.js';
export { readEnvironment } from './environment.js';
export { type FeatureFlags, type FlagsFile, readFlagsFile } from './feature-flags.js';
export { readFlusherToken } from './flusher-token.js';
export { isPrivate } from './loopback.js';
export type { ConsentBasis, OtlpOptions, OtlpProtocol, TelemetryOptions } from './options.js';
export { toOwnVariables } from './own-variables.js';
export { isProxyVariable, type Proxies, proxyFor, readProxies, toProxyVariables } from './proxy.js';
export { resolveSettings } from './resolve.js';
export { ROLES, type Role } from './service/roles.js';
export { databaseDirectory, readServiceSettings, type ServiceSettings } from './service/service-settings.js';
export { SERVICE_VARIABLES } from './service/table.js';
export type {
  ConsentLayer,
  ConsentLayerName,
  ConsentSubject,
  ConsentSwitch,
  LayerSource,
  Settings,
  SettingWarning,
  SettingWarningCode,
} from './settings.js';
export type { Surrounding } from './surroundings.js';
export { SETTING_NAMES, type SettingName, type ValueName, variableNames, variablePrefix } from './table.js';
export type { Environment } from './variables.js';
