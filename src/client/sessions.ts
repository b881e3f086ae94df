import { AsyncLocalStorage } from 'node:async_hooks';
import {
  createKeyedHash,
  type HashValue,
  mergeProperties,
  type SanitizedProperties,
} from '../privacy/index.js';

/** A stretch of use. Its id is random and says nothing about who or where. */
export interface Session {
  readonly id: string;
  /** Hashes that cannot be linked beyond this session. */
  hash(): HashValue;
  /** What every event of the session says besides its own fields. */
  common(): SanitizedProperties;
}

export interface SessionEffects {
  readonly randomId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Properties of every event: the same object until others are to be said. Read when the first event needs them. */
  readonly context: () => SanitizedProperties;
}

/**
 * Which session an event belongs to: that of the asynchronous context it was captured in, else the one that was started
 * process-wide, else one that lasts as long as none is open.
 */
export class Sessions {
  readonly #effects: SessionEffects;
  readonly #scope = new AsyncLocalStorage<Session>();
  #unnamed: Session | undefined;
  #started: Session | undefined;
  #features: () => SanitizedProperties;

  constructor(effects: SessionEffects, none: SanitizedProperties) {
    this.#effects = effects;
    this.#features = () => none;
  }

  get current(): Session {
    return this.#scope.getStore() ?? this.processWide;
  }

  /** The one that was started process-wide, else the one that lasts as long as none is open. */
  get processWide(): Session {
    this.#unnamed ??= this.create();
    return this.#started ?? this.#unnamed;
  }

  /** Open the process-wide session; nothing happens while one is open. @returns whether one was opened */
  start(tags: SanitizedProperties): boolean {
    if (this.#started) return false;
    this.#started = this.create(tags);
    return true;
  }

  /** Close the process-wide session. Later events belong to a new one without tags. */
  end(): void {
    this.#started = undefined;
    this.#unnamed = undefined;
  }

  /** Run `work` in a session, awaited or not. */
  within<Result>(session: Session, work: () => Result): Result {
    return this.#scope.run(session, work);
  }

  /** Flag variants to say with every event from now on: the same object until others are to be said. */
  setFeatures(features: () => SanitizedProperties): void {
    this.#features = features;
  }

  /** A session that nobody is in yet. */
  create(tags?: SanitizedProperties): Session {
    let hash: HashValue | undefined;
    let merged:
      | {
          readonly context: SanitizedProperties;
          readonly features: SanitizedProperties;
          readonly common: SanitizedProperties;
        }
      | undefined;
    return {
      id: this.#effects.randomId(),
      hash: () => {
        hash ??= createKeyedHash(this.#effects.randomBytes(32));
        return hash;
      },
      common: () => {
        const context = this.#effects.context();
        const features = this.#features();
        if (merged?.context !== context || merged.features !== features)
          merged = { context, features, common: mergeProperties(context, ...(tags ? [tags] : []), features) };
        return merged.common;
      },
    };
  }
}
