import { TelemetryError } from '../../../internal/index.js';

/** What a caller without the token is told. @param command - what makes and prints it */
export function withoutToken(command: string | undefined): TelemetryError {
  const source = command === undefined ? 'the command token of the app' : `${command} token`;
  return new TelemetryError(
    'REQUEST_UNAUTHORIZED',
    `This needs the header "Authorization: Bearer <token>". Run ${source} to get the token of this machine.`,
  );
}
