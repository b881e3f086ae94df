import { quietly } from '../../internal/index.js';

/** How a piece of the host's work ended. */
export type Outcome =
  | { readonly succeeded: true; readonly value: unknown }
  | { readonly succeeded: false; readonly thrown: unknown };

/**
 * Do the host's work and look on.
 *
 * @param onSettled - called once, when the work has returned or thrown or its promise has settled; may throw
 * @returns what `work` returns. For a plain promise, another one of the same outcome: a rejection that the host does not handle
 *   stays one, with the same reason. An iterator counts as done when it is returned, and so does a thenable that is more than a
 *   promise, such as a child process or a query: it is the host's to begin and to await
 * @throws what `work` throws
 */
export function observe<Result>(work: () => Result, onSettled: (outcome: Outcome) => void): Result {
  const settle = (outcome: Outcome) => quietly(() => onSettled(outcome));
  let result: Result;
  try {
    result = work();
  } catch (thrown) {
    settle({ succeeded: false, thrown });
    throw thrown;
  }
  if (!isPlainPromise(result)) {
    settle({ succeeded: true, value: result });
    return result;
  }
  return result.then(
    (value) => {
      settle({ succeeded: true, value });
      return value;
    },
    (thrown: unknown) => {
      settle({ succeeded: false, thrown });
      throw thrown;
    },
  ) as Result;
}

/** One without anything of its own, so that another can take its place. */
function isPlainPromise(value: unknown): value is Promise<unknown> {
  const isPlain = () =>
    value instanceof Promise &&
    Object.getPrototypeOf(value) === Promise.prototype &&
    Reflect.ownKeys(value).length === 0;
  return quietly(isPlain) === true;
}
