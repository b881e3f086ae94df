import type { FlagScalar, FlagStore, RemoteFlags } from './assignment.js';
import type { FlagDeclarations, FlagDefinitions, FlagKey, FlagValue } from './definitions.js';
import { createEvaluations } from './evaluations.js';
import { createExposures } from './exposures.js';
import { createKnownFlags } from './known-flags.js';

export interface FlagsConfig<Declared extends FlagDeclarations = FlagDeclarations> {
  /** The flags to ask for; undefined for all flags of the project, with any value. */
  readonly definitions: FlagDefinitions<Declared> | undefined;
  /** The longest a caller waits for an evaluation. */
  readonly timeoutMs: number;
  /** The server is asked at most once in so long. */
  readonly refreshIntervalMs: number;
}

export interface FlagEffects {
  /**
   * Ask the server for the flags of one distinct id.
   *
   * @param keys - which flags; undefined for all
   * @param signal - aborts when nobody waits any longer; an answer after that is not used
   * @returns undefined when there is no usable answer; throwing and rejecting are the same
   */
  fetchFlags(
    distinctId: string,
    keys: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<RemoteFlags | undefined>;
  /** Asked before every call to the server, and again before its answer is kept. */
  mayFetch(): boolean;
  distinctId(): string;
  /** Milliseconds of any clock. */
  now(): number;
  /** Run something later, once. @returns how to cancel it */
  startTimer(run: () => void, delayMs: number): () => void;
  /** Where assignments outlive the process; undefined where nothing may be read or kept. */
  readonly store: FlagStore | undefined;
  /** A value was given out, for the first time in this session. Not called for fallbacks. */
  onExposure(key: string, value: FlagScalar): void;
  /** What {@link Flags.values} returns is not what was told last, nothing to begin with. */
  onChange(values: ReadonlyMap<string, FlagScalar>): void;
}

/** Values by key; a flag without a known value is left out. */
export type FlagValues<Declared extends FlagDeclarations> = {
  readonly [Key in FlagKey<Declared>]?: FlagValue<Declared, Key>;
};

/**
 * Feature flags that never harm: every answer comes within the time-out, none throws or rejects.
 *
 * A flag's value is the one of this window's evaluation; failing that, the last one known in this process; failing that,
 * the one an earlier process kept. Who was assigned a variant keeps it, see `settle`.
 */
export interface Flags<Declared extends FlagDeclarations = FlagDeclarations> {
  /**
   * The value of a flag: a variant, or on or off.
   *
   * @returns `fallback` (`null` unless given) when no value is known. A flag declared with variants never gives `false`:
   *   who is outside its rollout gets the fallback
   */
  get<Key extends FlagKey<Declared>>(key: Key): Promise<FlagValue<Declared, Key> | null>;
  get<Key extends FlagKey<Declared>, const Fallback extends FlagValue<Declared, Key> | null>(
    key: Key,
    fallback: Fallback,
  ): Promise<FlagValue<Declared, Key> | Fallback>;
  /** Is a flag on, in whichever variant? `fallback` (`false` unless given) when nothing is known. */
  isEnabled(key: FlagKey<Declared>, fallback?: boolean): Promise<boolean>;
  /** All known values, empty when none is. No exposure: nobody has acted upon them. */
  all(): Promise<FlagValues<Declared>>;
  /** What is known now, without asking the server. May read the store, once. */
  values(): ReadonlyMap<string, FlagScalar>;
  /** Ask the server now, window or not; resolves when that is over. One call at a time. */
  refresh(): Promise<void>;
  /** A new session has begun: exposures are told again. */
  resetExposures(): void;
  /** Give up an evaluation under way, so that nothing of it keeps the process waiting. */
  abort(): void;
}

/** Prepare flags. Nothing is read, asked or timed before the first call that needs it. */
export function createFlags<Declared extends FlagDeclarations = FlagDeclarations>(
  config: FlagsConfig<Declared>,
  effects: FlagEffects,
): Flags<Declared> {
  const { definitions } = config;
  const keys = definitions && Object.keys(definitions);
  const known = createKnownFlags(definitions, effects.store);
  const exposures = createExposures((key, value) => effects.onExposure(key, value));
  let announced: ReadonlyMap<string, FlagScalar> = new Map();
  /** Values of the store count too: they are in use, whatever the server says or does not say. */
  const announce = () => {
    const values = known.values();
    if (isSame(announced, values)) return;
    announced = values;
    try {
      effects.onChange(values);
    } catch {
      // Who asks for a flag gets it, whoever else fails to hear of it.
    }
  };
  const upToDate = async () => {
    await evaluations.upToDate();
    announce();
  };
  const evaluations = createEvaluations(config, {
    fetch: async (signal) => effects.fetchFlags(effects.distinctId(), keys, signal),
    mayFetch: () => keys?.length !== 0 && effects.mayFetch(),
    learn(remote) {
      known.learn(remote);
      announce();
    },
    now: () => effects.now(),
    startTimer: (run, delayMs) => effects.startTimer(run, delayMs),
  });

  const expose = <Value extends FlagScalar | undefined>(key: string, value: Value): Value => {
    if (value !== undefined) exposures.report(key, value);
    return value;
  };

  return {
    async get(key: string, fallback: FlagScalar | null = null) {
      await upToDate();
      return (expose(key, known.values().get(key)) ?? fallback) as never;
    },

    async isEnabled(key, fallback = false) {
      await upToDate();
      const value = expose(key, known.assigned(key));
      return value === undefined ? fallback : value !== false;
    },

    async all() {
      await upToDate();
      return Object.fromEntries(known.values()) as FlagValues<Declared>;
    },

    values: () => known.values(),
    refresh: () => evaluations.refresh(),
    resetExposures: () => exposures.reset(),
    abort: () => evaluations.abort(),
  };
}

function isSame(a: ReadonlyMap<string, FlagScalar>, b: ReadonlyMap<string, FlagScalar>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
