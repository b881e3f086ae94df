import {
  type Domain,
  isIdentifyingKey,
  isLabelLike,
  type JsonObject,
  type JsonScalar,
} from '../../privacy/index.js';

/** Stands where an argument was given whose value is nobody's business. */
export const SANITIZED = '<sanitized>';

const MAX_ARGS = 50;
/** Larger ones number people, orders or calls. */
const MAX_NUMBER = 1_000_000;

/**
 * The arguments an installation was started with, by name: booleans and numbers below a million as they are, `<sanitized>` for anything
 * else and under a name that identifies. Names that look like no option are left out, as are those after the fiftieth.
 */
export const installationArgs: Domain<object> & { readonly text: 'installation_args' } = {
  kind: 'any_of',
  text: 'installation_args',
  description: 'for each option its value if that is a number or a yes or no, and <sanitized> otherwise',
  encode: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? toArgs(value) : undefined,
  isWithin: (other) => other === installationArgs,
  example: () => ({ no_models: false, parallel: 4, target: SANITIZED }),
};

/** @throws what listing the members of the host's object throws */
function toArgs(value: object): JsonObject {
  const names = Object.keys(value).filter(isOption).slice(0, MAX_ARGS);
  return Object.fromEntries(names.map((name) => [name, readArg(value, name)]));
}

/** What cannot be read was given all the same. */
function readArg(args: object, name: string): JsonScalar {
  try {
    return toArg(name, Reflect.get(args, name));
  } catch {
    return SANITIZED;
  }
}

const isOption = (name: string) => /^[A-Za-z][\w-]{0,63}$/.test(name) && isLabelLike(name);

function toArg(name: string, value: unknown): JsonScalar {
  if (typeof value === 'boolean') return value;
  const isSmall = Number.isFinite(value) && Math.abs(value as number) < MAX_NUMBER;
  return isSmall && !isIdentifyingKey(name, value) ? (value as number) : SANITIZED;
}
