import type { CountDrop } from '../../privacy/index.js';

/** What tells the series of one metric apart, sorted by name. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

const MAX_ATTRIBUTES = 16;
const MAX_LENGTH = 64;
/** Larger ones number people, orders or calls. */
const MAX_NUMBER = 1_000_000;

/**
 * The attributes of a metric: of an object's own members those that are booleans, finite numbers or short strings. The
 * others would make every measurement a series of its own; they are dropped and counted.
 *
 * @param isTaken - names that mean something else: the measured value, and the fields of a report
 * @throws what listing the members of the host's object throws
 */
export function readAttributes(
  source: object,
  isTaken: (name: string) => boolean,
  countDrop: CountDrop,
): Attributes {
  const attributes: Record<string, string | number | boolean> = {};
  let taken = 0;
  for (const name of Object.keys(source).sort()) {
    if (isTaken(name)) continue;
    if (taken === MAX_ATTRIBUTES) {
      countDrop('value_truncated');
      break;
    }
    const value = readMember(source, name, countDrop);
    if (value === undefined || value === null) continue;
    if (isAttribute(value) && name.length <= MAX_LENGTH && name !== '__proto__') {
      attributes[name] = value;
      taken += 1;
    } else {
      countDrop('value_unsupported');
    }
  }
  return attributes;
}

/** A getter that throws costs its own attribute only. */
function readMember(source: object, name: string, countDrop: CountDrop): unknown {
  try {
    return Reflect.get(source, name);
  } catch {
    countDrop('field_unreadable');
    return undefined;
  }
}

function isAttribute(value: unknown): value is string | number | boolean {
  if (typeof value === 'string') return value.length <= MAX_LENGTH;
  return typeof value === 'boolean' || (Number.isFinite(value) && Math.abs(value as number) < MAX_NUMBER);
}
