export type {
  FlagAssignment,
  FlagAssignments,
  FlagScalar,
  FlagStore,
  RemoteFlag,
  RemoteFlags,
} from './assignment.js';
export {
  defineFlags,
  type FlagDeclaration,
  type FlagDeclarations,
  type FlagDefinitions,
  type FlagKey,
  type FlagValue,
} from './definitions.js';
export { createFlags, type FlagEffects, type Flags, type FlagsConfig, type FlagValues } from './flags.js';
export { parseFlagsResponse } from './flags-response.js';
