import { UsageError } from '../exit-status.js';

const WHOLE = /^\d{1,7}$/;

/**
 * The member of a check's options that a number was typed for; none when it was not.
 *
 * @throws {UsageError} for anything but a whole number
 */
export function toNumber<Name extends string>(
  name: Name,
  option: string,
  typed: string | undefined,
): { readonly [name in Name]?: number } {
  if (typed === undefined) return {};
  if (!WHOLE.test(typed))
    throw new UsageError(`The value of ${option} is a whole number, such as ${option} 100.`);
  return { [name]: Number(typed) } as { readonly [name in Name]: number };
}
