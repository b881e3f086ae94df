import { createHash, timingSafeEqual } from 'node:crypto';
import { TelemetryError } from '../../../internal/index.js';

/**
 * Whether a caller has the token. Takes the same time however much of it is right.
 *
 * @param header - `Authorization: Bearer <token>`
 * @param token - of this machine; undefined when none was made yet, so that nobody has it
 */
export function hasToken(header: string | undefined, token: string | undefined): boolean {
  const given = /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  return token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** What a caller without the token is told. @param command - what makes and prints it */
export function withoutToken(command: string | undefined): TelemetryError {
  const source = command === undefined ? 'the command token of the app' : `${command} token`;
  return new TelemetryError(
    'REQUEST_UNAUTHORIZED',
    `This needs the header "Authorization: Bearer <token>". Run ${source} to get the token of this machine.`,
  );
}

const digest = (text: string) => createHash('sha256').update(text).digest();
