import { vi } from 'vitest';
import {
  createFlags,
  type FlagAssignments,
  type FlagDeclarations,
  type FlagEffects,
  type FlagScalar,
  type FlagStore,
  type FlagsConfig,
  parseFlagsResponse,
  type RemoteFlags,
} from '../../../src/flags/index.js';

/** A flag of the fake server. */
export interface ServedFlag {
  readonly version?: number;
  readonly isSwitchedOff?: boolean;
  /** Who gets what. */
  readonly decide: (distinctId: string) => FlagScalar;
}

/** A server that works, in PostHog's format, until it is told to be in trouble. */
export function createFakeServer(initial: Readonly<Record<string, ServedFlag>> = {}) {
  const flags = new Map(Object.entries(initial));
  const requests: { distinctId: string; keys: readonly string[] | undefined; signal: AbortSignal }[] = [];
  let respond = (body: unknown): Promise<unknown> => Promise.resolve(body);

  const evaluate = (distinctId: string, keys: readonly string[] | undefined) => {
    const asked = [...flags].filter(([key]) => keys?.includes(key) ?? true);
    return { flags: Object.fromEntries(asked.map(([key, flag]) => [key, toDetail(key, flag, distinctId)])) };
  };

  return {
    requests,
    serve: (key: string, flag: ServedFlag) => flags.set(key, flag),
    remove: (key: string) => flags.delete(key),
    works: () => {
      respond = (body) => Promise.resolve(body);
    },
    answersWith: (body: unknown) => {
      respond = () => Promise.resolve(body);
    },
    isDown: () => {
      respond = () => Promise.reject(new Error('connect ECONNREFUSED'));
    },
    hangs: () => {
      respond = () => new Promise(() => {});
    },
    takes: (durationMs: number) => {
      respond = (body) => new Promise((resolve) => setTimeout(resolve, durationMs, body));
    },
    async fetchFlags(
      distinctId: string,
      keys: readonly string[] | undefined,
      signal: AbortSignal,
    ): Promise<RemoteFlags | undefined> {
      requests.push({ distinctId, keys, signal });
      return parseFlagsResponse(await respond(evaluate(distinctId, keys)));
    },
  };
}

export type FakeServer = ReturnType<typeof createFakeServer>;

function toDetail(key: string, { version, isSwitchedOff = false, decide }: ServedFlag, distinctId: string) {
  const value = isSwitchedOff ? false : decide(distinctId);
  return {
    key,
    enabled: value !== false,
    variant: typeof value === 'string' ? value : null,
    reason: { code: isSwitchedOff ? 'flag_disabled' : 'condition_match' },
    metadata: { id: 1, version },
  };
}

/** A flag that everybody has with this value. */
export function always(value: FlagScalar, version = 1): ServedFlag {
  return { version, decide: () => value };
}

/** A store in memory. */
export function createMemoryStore(initial: FlagAssignments = new Map()) {
  let kept = initial;
  const store = {
    reads: 0,
    read: () => {
      store.reads += 1;
      return kept;
    },
    write: (assignments: FlagAssignments) => {
      kept = assignments;
    },
  };
  return store satisfies FlagStore;
}

export interface HarnessOptions<Declared extends FlagDeclarations> extends Partial<FlagsConfig<Declared>> {
  readonly server: FakeServer;
  readonly store?: FlagStore;
  readonly effects?: Partial<FlagEffects>;
}

/** Flags over a fake server, with a clock to set, and a record of what they tell. */
export function createHarness<Declared extends FlagDeclarations = FlagDeclarations>({
  server,
  store,
  definitions,
  timeoutMs = 1_000,
  refreshIntervalMs = 60_000,
  effects,
}: HarnessOptions<Declared>) {
  const clock = { nowMs: 0 };
  const session = { id: 'session-1' };
  const consent = { mayFetch: true };
  const exposures: [string, FlagScalar][] = [];
  const changes: Record<string, FlagScalar>[] = [];
  const flags = createFlags<Declared>(
    { definitions, timeoutMs, refreshIntervalMs },
    {
      fetchFlags: server.fetchFlags,
      mayFetch: () => consent.mayFetch,
      distinctId: () => session.id,
      now: () => clock.nowMs,
      startTimer(run, delayMs) {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      store,
      onExposure: (key, value) => exposures.push([key, value]),
      onChange: (values) => changes.push(Object.fromEntries(values)),
      ...effects,
    },
  );
  return { flags, clock, session, consent, exposures, changes };
}

/** Resolve after so long on the fake clock, which runs the timers in between. */
export async function pass(durationMs: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(durationMs);
}
