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

/**
 * Refuse a caller without the token.
 *
 * @param command - what makes and prints it
 * @throws {TelemetryError} `REQUEST_UNAUTHORIZED`
 */
export function assertToken(
  header: string | undefined,
  token: string | undefined,
  command: string | undefined,
): void {
  if (hasToken(header, token)) return;
  const source = command === undefined ? 'the command token of the app' : `${command} token`;
  throw new TelemetryError(
    'REQUEST_UNAUTHORIZED',
    `This needs the header "Authorization: Bearer <token>". Run ${source} to get the token of this machine.`,
  );
}

const digest = (text: string) => createHash('sha256').update(text).digest();
