import { ConfigError } from '../../internal/index.js';
import { isChangedByListening } from './changed-by-listening.js';
import { hasMethods } from './has-methods.js';
import { makeRoom } from './listener-limit.js';

/** What has `on` and `off`, as Node's `EventEmitter`. */
export interface EmitterLike {
  on(name: string, listener: (...args: unknown[]) => void): unknown;
  off(name: string, listener: (...args: unknown[]) => void): unknown;
}

/** What has `addEventListener`, as `EventTarget`. */
export interface TargetLike {
  addEventListener(name: string, listener: (event: object) => void): void;
  removeEventListener(name: string, listener: (event: object) => void): void;
}

/** What calls hooks by name, as the package `hookable`. */
export interface HookableLike {
  beforeEach(listener: (event: { readonly name: string; readonly args: unknown[] }) => void): () => void;
}

export type HookSource = EmitterLike | TargetLike | HookableLike;

/**
 * Hear hooks where they happen.
 *
 * @param names - as the source spells them
 * @param record - must not throw, and may not even look at the payload, which is the one object that a hook is called with, the
 *   `detail` of an event that has one, and otherwise the arguments as `args`
 * @returns stops hearing them; may be called again
 * @throws {ConfigError} `OPTION_INVALID` for what is none of the three kinds; what the source throws where it takes no listener,
 *   and then it has none of ours
 * @remarks Listens and nothing else: order, results and errors of the source's own listeners stay what they are. Events that a
 *   listener would change are not heard: see {@link isChangedByListening}.
 */
export function instrument(
  source: HookSource,
  names: readonly string[],
  record: (name: string, payload: () => object) => void,
): () => void {
  const wanted = new Set(names);
  if (isHookable(source))
    return source.beforeEach(({ name, args }) => {
      if (wanted.has(name)) record(name, () => toPayload(args));
    });
  const heard = [...wanted].filter((name) => !isChangedByListening(source, name));
  if (isEmitter(source)) {
    // First: the emitter would warn at once.
    const makeLess = heard.length > 0 ? makeRoom(source) : () => {};
    return listenToAll(heard, makeLess, (name) => {
      const listener = (...args: unknown[]) => record(name, () => toPayload(args));
      source.on(name, listener);
      return () => source.off(name, listener);
    });
  }
  if (isTarget(source))
    return listenToAll(
      heard,
      () => {},
      (name) => {
        const listener = (event: object) => record(name, () => toDetail(event));
        source.addEventListener(name, listener);
        return () => source.removeEventListener(name, listener);
      },
    );
  throw new ConfigError(
    'OPTION_INVALID',
    'instrument() needs an EventEmitter, an EventTarget or an object of the package hookable.',
  );
}

/** All or none: where one cannot be listened to, the others are given up. */
function listenToAll(
  names: readonly string[],
  afterwards: () => void,
  listen: (name: string) => () => void,
): () => void {
  const stops = [afterwards];
  const stop = () => {
    for (const end of stops.splice(0).reverse()) end();
  };
  try {
    for (const name of names) stops.push(listen(name));
    return stop;
  } catch (error) {
    stop();
    throw error;
  }
}

const isHookable = (source: HookSource): source is HookableLike =>
  hasMethods(source, 'beforeEach', 'hook', 'callHook');
const isEmitter = (source: HookSource): source is EmitterLike => hasMethods(source, 'on', 'off');
const isTarget = (source: HookSource): source is TargetLike =>
  hasMethods(source, 'addEventListener', 'removeEventListener');

function toPayload(args: readonly unknown[]): object {
  if (args.length === 0) return {};
  const [first] = args;
  return args.length === 1 && isObject(first) ? first : { args };
}

function toDetail(event: object): object {
  const detail: unknown = Reflect.get(event, 'detail');
  if (detail === undefined || detail === null) return {};
  return isObject(detail) ? detail : { detail };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
