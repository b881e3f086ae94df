import { createHash, timingSafeEqual } from 'node:crypto';
import { randomBytes } from '../../../internal/index.js';

/** A new secret of a process that serves an operator: 256 random bits. */
export function createOperatorToken(): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}

/** Takes the same time however much of it is right. */
export function isSameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
