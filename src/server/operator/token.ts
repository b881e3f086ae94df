import { randomBytes } from '../../internal/index.js';

/** A new secret of a process that serves an operator: 256 random bits. */
export function createOperatorToken(): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}
