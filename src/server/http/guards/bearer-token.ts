import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a caller has the token. Takes the same time however much of it is right.
 *
 * @param header - `Authorization: Bearer <token>`
 * @param token - undefined when there is none yet, so that nobody has it
 */
export function hasToken(header: string | undefined, token: string | undefined): boolean {
  const given = bearerTokenOf(header);
  return token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** What a caller shows as `Authorization: Bearer <token>`; undefined for anything else. */
export function bearerTokenOf(header: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
}

const digest = (text: string) => createHash('sha256').update(text).digest();
