import { createHash, randomBytes } from 'node:crypto';

/** Codes that each stand for a token, once and for a short time. */
export interface OneTimeCodes {
  /** @returns a code to be put into an address */
  create(token: string): string;
  /** @returns the token; undefined for a code that is not known, was used, or is too old */
  take(code: string): string | undefined;
}

const LIFETIME_MS = 60_000;
const MAX_CODES = 16;

/** @param now - Unix time in milliseconds */
export function createOneTimeCodes(now: () => number): OneTimeCodes {
  const kept = new Map<string, { readonly token: string; readonly endsAtMs: number }>();
  return {
    create(token) {
      const code = randomBytes(32).toString('base64url');
      kept.set(keyOf(code), { token, endsAtMs: now() + LIFETIME_MS });
      for (const key of kept.keys()) {
        if (kept.size <= MAX_CODES) break;
        kept.delete(key);
      }
      return code;
    },
    take(code) {
      const found = kept.get(keyOf(code));
      kept.delete(keyOf(code));
      return found !== undefined && now() < found.endsAtMs ? found.token : undefined;
    },
  };
}

const keyOf = (code: string) => createHash('sha256').update(code).digest('base64url');
