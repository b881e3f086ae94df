import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token in its two parts. Together, as `<id>.<secret>`, they are the text that is given to somebody. */
export interface TokenText {
  /** What kind it is, and 16 hexadecimal digits: `tok_0123456789abcdef`. Says which token it is, and opens nothing. */
  readonly tokenId: string;
  /** 32 random bytes in base64url. */
  readonly secret: string;
}

/** What is kept of a secret, in hexadecimal digits. It does not lead back to it. */
export interface SecretHash {
  readonly salt: string;
  readonly secretHash: string;
}

/** `tok`: of an organisation. `lic`: a licence key. */
export type TokenKind = 'tok' | 'lic';

const TOKEN = /^((tok|lic)_[0-9a-f]{16})\.([A-Za-z0-9_-]{43})$/;
const SALT_BYTES = 16;

export function createTokenText(kind: TokenKind): TokenText {
  return {
    tokenId: `${kind}_${randomBytes(8).toString('hex')}`,
    secret: randomBytes(32).toString('base64url'),
  };
}

/** @returns undefined for what no token of this kind looks like */
export function parseTokenText(text: string, kind: TokenKind): TokenText | undefined {
  const [, tokenId, found, secret] = TOKEN.exec(text) ?? [];
  return tokenId === undefined || secret === undefined || found !== kind ? undefined : { tokenId, secret };
}

/** One round is enough: nobody guesses 256 random bits, however fast. */
export function hashSecret(secret: string, salt = randomBytes(SALT_BYTES).toString('hex')): SecretHash {
  const hash = createHash('sha256').update(Buffer.from(salt, 'hex')).update(secret);
  return { salt, secretHash: hash.digest('hex') };
}

/** Takes as long for every secret, and with nothing to compare it to as well. */
export function matchesSecret(secret: string, kept: SecretHash | undefined): boolean {
  const { salt, secretHash } = kept ?? NO_SECRET;
  const given = Buffer.from(hashSecret(secret, salt).secretHash, 'hex');
  const matches = timingSafeEqual(given, Buffer.from(secretHash, 'hex'));
  return matches && kept !== undefined;
}

const NO_SECRET: SecretHash = { salt: '0'.repeat(2 * SALT_BYTES), secretHash: '0'.repeat(64) };
