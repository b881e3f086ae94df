/** Where the copies of `signal-exit` 4 and 3 count themselves. */
const COUNTERS: readonly (readonly [home: object, key: PropertyKey])[] = [
  [globalThis, Symbol.for('signal-exit emitter')],
  [process, '__signal_exit_emitter__'],
];

/**
 * How many listeners to each signal are those of the package `signal-exit`, on which many tools for terminals build.
 *
 * @remarks It lets the process end when nobody but itself listens, and only then. Taken for a program that decides, it would
 *   leave the signal to us while we leave it to it, and Ctrl-C would do nothing.
 */
export function countSignalExit(): number {
  return COUNTERS.reduce((sum, [home, key]) => sum + countOf(Reflect.get(home, key)), 0);
}

function countOf(emitter: unknown): number {
  const { count } = (emitter ?? {}) as { count?: unknown };
  return typeof count === 'number' ? count : 0;
}
