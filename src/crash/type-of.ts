import { toErrorName } from '../privacy/index.js';
import { isError, readPart, readText } from './read-thrown.js';

/** What an error calls itself whose class was given no name of its own: the class itself may have one. */
const INHERITED_NAMES: ReadonlySet<string> = new Set([
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
]);
const UNNAMED = 'Error';

/** The name of an error's class, by what it calls itself or by its constructor; of anything else its type. Never throws. */
export function typeOf(thrown: unknown): string {
  if (thrown === null) return 'null';
  // What is no error may have a name too: somebody's.
  if (!isError(thrown)) return typeof thrown;
  const name = toErrorName(readText(thrown, 'name') ?? '');
  if (!INHERITED_NAMES.has(name)) return name;
  const className = toErrorName(readText(readPart(thrown, 'constructor'), 'name') ?? '');
  return className === UNNAMED ? name : className;
}
