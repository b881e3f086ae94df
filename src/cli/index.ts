/** The entry `sotto/cli`: telemetry commands that an app offers among its own. */
export {
  createTelemetryCommand,
  type TelemetryCommand,
  type TelemetryCommandOptions,
} from './create-telemetry-command.js';
export type { CommandIo, Output } from './io.js';
