import type { OperatorCommand, OperatorCommandName, OperatorResult } from './commands/index.js';

/** Does what the operator of the services asks for. */
export interface Operator {
  /**
   * @throws {ConfigError} `OPTION_INVALID` for an id that can be none; {TelemetryError} `ORG_NOT_FOUND`, `TELEMETRY_STOPPED`; and what a
   *   repository throws
   */
  perform<Name extends OperatorCommandName>(
    command: OperatorCommand & { readonly command: Name },
  ): Promise<OperatorResult<Name>>;
}
