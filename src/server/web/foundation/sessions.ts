import { createHash, randomBytes } from 'node:crypto';

/** What a session can hold a token of: each page asks another service. */
export type SessionSlot = 'settings' | 'person';

export interface Session {
  /** What a form or script of our own pages shows to be one; 256 random bits. */
  readonly csrfToken: string;
  readonly tokens: Readonly<Partial<Record<SessionSlot, string>>>;
}

/** Who is signed in, in the memory of this process alone. */
export interface Sessions {
  /**
   * Start a session with a new id.
   *
   * @param replacedId - the session that was open in the same browser: it ends, and its other tokens go on
   * @returns the id, for the cookie alone: only its hash is kept
   */
  start(slot: SessionSlot, token: string, replacedId?: string): string;
  /** @returns undefined for an id that is not known, or whose session is over. Counts as use. */
  find(id: string): Session | undefined;
  /** Forget the session. An id that is not known is no error. */
  end(id: string): void;
}

export interface SessionLimits {
  /** The one not used for longest makes room. */
  readonly maxSessions: number;
  readonly idleTimeoutMs: number;
  readonly lifetimeMs: number;
}

const LIMITS: SessionLimits = {
  maxSessions: 1_000,
  idleTimeoutMs: 2 * 3_600_000,
  lifetimeMs: 12 * 3_600_000,
};

interface Kept extends Session {
  readonly startedAtMs: number;
  usedAtMs: number;
}

/** @param now - Unix time in milliseconds */
export function createSessions(now: () => number, limits: SessionLimits = LIMITS): Sessions {
  /** By the hash of the id, in the order of their last use. */
  const sessions = new Map<string, Kept>();

  const isOver = ({ startedAtMs, usedAtMs }: Kept) =>
    now() - startedAtMs >= limits.lifetimeMs || now() - usedAtMs >= limits.idleTimeoutMs;

  const take = (key: string): Kept | undefined => {
    const session = sessions.get(key);
    sessions.delete(key);
    return session === undefined || isOver(session) ? undefined : session;
  };

  return {
    start(slot, token, replacedId) {
      const replaced = replacedId === undefined ? undefined : take(keyOf(replacedId));
      const id = randomId();
      const tokens = { ...replaced?.tokens, [slot]: token };
      sessions.set(keyOf(id), { csrfToken: randomId(), tokens, startedAtMs: now(), usedAtMs: now() });
      for (const key of sessions.keys()) {
        if (sessions.size <= limits.maxSessions) break;
        sessions.delete(key);
      }
      return id;
    },
    find(id) {
      const key = keyOf(id);
      const session = take(key);
      if (session === undefined) return undefined;
      session.usedAtMs = now();
      sessions.set(key, session);
      return session;
    },
    end(id) {
      sessions.delete(keyOf(id));
    },
  };
}

const randomId = () => randomBytes(32).toString('base64url');
const keyOf = (id: string) => createHash('sha256').update(id).digest('base64url');
