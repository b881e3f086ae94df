import { createHash, randomBytes } from 'node:crypto';

/** Which page a session is of: each asks another service, with a token of its own. */
export type SessionSlot = 'settings' | 'person' | 'vendor';

export interface Session {
  readonly slot: SessionSlot;
  /** By which the service behind the page is asked. */
  readonly token: string;
  /** What a form or script of our own pages shows to be one; 256 random bits. */
  readonly csrfToken: string;
}

/** Who is signed in, in the memory of this process alone. */
export interface Sessions {
  /**
   * Start a session with a new id.
   *
   * @param replacedId - the session of this page that was open in the same browser: it ends
   * @returns the id, for the cookie alone: only its hash is kept
   */
  start(slot: SessionSlot, token: string, replacedId?: string): string;
  /** @returns undefined for an id that is not known, is of another page, or whose session is over. Counts as use. */
  find(slot: SessionSlot, id: string): Session | undefined;
  /** Forget the session. An id that is not known is no error. */
  end(id: string): void;
}

/** Where there are too many, the one not used for longest makes room. */
export interface SessionLimits {
  readonly maxSessions: number;
  /** So that who has one token cannot put everybody else out. */
  readonly maxSessionsPerToken: number;
  readonly idleTimeoutMs: number;
  readonly lifetimeMs: number;
}

const LIMITS: SessionLimits = {
  maxSessions: 1_000,
  maxSessionsPerToken: 50,
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

  const makeRoom = (slot: SessionSlot, token: string) => {
    const ofToken = [...sessions].filter(([, kept]) => kept.slot === slot && kept.token === token);
    const tooMany = [
      ...ofToken.slice(0, Math.max(0, ofToken.length - limits.maxSessionsPerToken)),
      ...[...sessions].slice(0, Math.max(0, sessions.size - limits.maxSessions)),
    ];
    for (const [key] of tooMany) sessions.delete(key);
  };

  return {
    start(slot, token, replacedId) {
      if (replacedId !== undefined) sessions.delete(keyOf(replacedId));
      const id = randomId();
      const csrfToken = randomId();
      sessions.set(keyOf(id), { slot, token, csrfToken, startedAtMs: now(), usedAtMs: now() });
      makeRoom(slot, token);
      return id;
    },
    find(slot, id) {
      const key = keyOf(id);
      const session = sessions.get(key);
      if (session?.slot !== slot) return undefined;
      sessions.delete(key);
      if (isOver(session)) return undefined;
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
