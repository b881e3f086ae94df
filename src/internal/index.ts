export { BoundedCache } from './bounded-cache.js';
export { callHost, describeThrown } from './call-host.js';
export { toCanonicalJson } from './canonical-json.js';
export { deepFreeze } from './deep-freeze.js';
export { canonicalDigest, sha256 } from './digest.js';
export { isDevelopment } from './environment.js';
export {
  ConfigError,
  isTelemetryError,
  TelemetryError,
  type TelemetryErrorCode,
  typeName,
} from './errors.js';
export {
  brokenName,
  eraseEmptyFolder,
  eraseFile,
  eraseFiles,
  isForUserAlone,
  keepAside,
  makeDirectory,
  originalName,
  proposeFile,
  readAtMost,
  readSmallFile,
  replaceFile,
  type SmallFile,
  toFileState,
  tryWithFileLock,
  withFileLock,
} from './files/index.js';
export { groupBy } from './group-by.js';
export { isProcessAlive } from './is-process-alive.js';
export { listed } from './listed.js';
export { isModuleMissing, loadOptional } from './load-optional.js';
export { type MachineNames, machineNames } from './machine-names.js';
export { pause } from './pause.js';
export { installCommand, OTLP_PEER, PEERS } from './peers.js';
export { configDirectory, dataDirectory, type Machine, policyDirectory } from './platform-directories.js';
export { type EndWork, onProcessEnd } from './process-end/index.js';
export { quietly } from './quietly.js';
export { randomBytes, randomId } from './random.js';
export { requireLate } from './require-late.js';
export { toShownPath } from './shown-path.js';
export { toIso } from './to-iso.js';
export { LIBRARY_NAME, LIBRARY_VERSION } from './version.js';
