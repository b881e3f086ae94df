import {
  type CountDrop,
  createKeyedHash,
  createSanitizer,
  type DropReason,
  type Envelope,
  type HeldBack,
  type JsonObject,
  NOTHING_HELD,
  type Sanitizer,
} from '../../../src/privacy/index.js';

/** A secret of 32 equal bytes: of one imagined installation or session. */
export const secretOf = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

export const ENVELOPE: Envelope = {
  uuid: '00000000-0000-4000-8000-000000000000',
  distinctId: 'session',
  timestampMs: 0,
  common: {} as Envelope['common'],
};

/** Counts losses as a client would. */
export function countingDrops(): { countDrop: CountDrop; dropped: Partial<Record<DropReason, number>> } {
  const dropped: Partial<Record<DropReason, number>> = {};
  const countDrop: CountDrop = (reason, count = 1) => {
    dropped[reason] = (dropped[reason] ?? 0) + count;
  };
  return { countDrop, dropped };
}

export interface Door {
  readonly sanitizer: Sanitizer;
  readonly dropped: Partial<Record<DropReason, number>>;
  readonly missing: string[];
  /** Properties of an instance of an event class; undefined when it may not pass. */
  typed(event: object): JsonObject | undefined;
  /** Properties of a payload that nobody declared; undefined when it may not pass. */
  untyped(payload: object): JsonObject | undefined;
}

export interface DoorOptions {
  readonly toolsOverPrivacy?: boolean;
  readonly nowMs?: number;
  readonly heldBack?: Partial<HeldBack>;
}

/** A sanitizer with two secrets, as a client in mode `on` has it. */
export function openDoor(options: DoorOptions = {}): Door {
  const { countDrop, dropped } = countingDrops();
  const missing: string[] = [];
  const installation = createKeyedHash(secretOf(1));
  const session = createKeyedHash(secretOf(2));
  const sanitizer = createSanitizer({
    app: 'acme-tool',
    now: () => options.nowMs ?? 0,
    heldBack: () => ({ ...NOTHING_HELD, ...options.heldBack }),
    hashes: { installation: () => installation, session: () => session },
    toolsOverPrivacy: () => options.toolsOverPrivacy ?? false,
    countDrop,
    reportMissingField: (event, field) => missing.push(`${event}.${field}`),
  });
  return {
    sanitizer,
    dropped,
    missing,
    typed: (event) => sanitizer.typed(event, ENVELOPE)?.properties,
    untyped: (payload) => sanitizer.untyped('something_happened', payload, ENVELOPE)?.properties,
  };
}

/** An object whose every trap throws an error that names a secret. */
export function hostileProxy(secret: string, target: object = {}): object {
  const refuse = (): never => {
    throw new Error(secret);
  };
  return new Proxy(target, {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    getOwnPropertyDescriptor: refuse,
  });
}

/** `{ next: { next: … } }`, built without recursion. */
export function nestedRecord(depth: number): object {
  let record: object = { end: true };
  for (let level = 0; level < depth; level += 1) record = { next: record };
  return record;
}

/** Run and measure, in milliseconds. */
export function timed<Result>(run: () => Result): { result: Result; elapsedMs: number } {
  const start = performance.now();
  const result = run();
  return { result, elapsedMs: performance.now() - start };
}
