import { ConfigError, typeName } from '../internal/index.js';
import type { ValueKind } from './kinds.js';
import { findNearName } from './near-name.js';
import { OPTION_PATHS, SWITCHES, type SwitchName, VALUES, type ValueName, type ValueOf } from './table.js';

/** Options by path (`delivery.batchSize`), as passed: names are checked, values are not. `undefined` is not given. */
export type CodeOptions = ReadonlyMap<string, unknown>;

/**
 * Flatten the options object and check every name in it.
 *
 * @throws {ConfigError} `OPTION_UNKNOWN` for a name no setting has, `OPTION_INVALID` for a group that is no object
 */
export function readCodeOptions(options: unknown): CodeOptions {
  const found = new Map<string, unknown>();
  for (const [name, value] of entriesOf('options', options)) {
    if (!isGroup(name)) {
      addOption(found, name, value);
      continue;
    }
    if (value === undefined) continue;
    for (const [key, member] of entriesOf(name, value)) addOption(found, `${name}.${key}`, member);
  }
  return found;
}

/**
 * The value given in code, or `undefined` when there is none.
 *
 * @param kind - its kind, where that is narrower than the table says
 * @throws {ConfigError} `OPTION_INVALID` when it breaks the setting's rule
 */
export function optionValue<N extends ValueName>(
  options: CodeOptions,
  name: N,
  kind: ValueKind<unknown> = VALUES[name].kind,
): ValueOf<N> | undefined {
  const given = options.get(name);
  if (given === undefined) return undefined;
  const value = kind.fromCode(given);
  if (value === undefined) throw invalid(name, kind.rule, given);
  return value as ValueOf<N>;
}

/**
 * What code says to a switch, or `undefined` when it says nothing.
 *
 * @throws {ConfigError} `OPTION_INVALID` when it is no boolean
 */
export function optionSwitch(options: CodeOptions, name: SwitchName): boolean | undefined {
  const given = options.get(name);
  if (given === undefined || typeof given === 'boolean') return given;
  throw invalid(name, SWITCHES[name].kind.rule, given);
}

/** The error for an option that breaks its rule: names the option, the rule and the received type, never the value. */
export function invalid(option: string, rule: string, received: unknown): ConfigError {
  return new ConfigError('OPTION_INVALID', `Option ${option} must be ${rule}; got ${typeName(received)}.`);
}

const isGroup = (name: string) => OPTION_PATHS.some((path) => path.startsWith(`${name}.`));

function entriesOf(name: string, value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw invalid(name, 'an object', value);
}

function addOption(found: Map<string, unknown>, path: string, value: unknown): void {
  if (!OPTION_PATHS.includes(path)) throw unknown(path);
  found.set(path, value);
}

function unknown(path: string): ConfigError {
  const groups = OPTION_PATHS.filter((known) => known.includes('.')).map((known) => known.split('.')[0]!);
  const near = findNearName(path, [...OPTION_PATHS, ...new Set(groups)]);
  const help = near === undefined ? `Known options: ${OPTION_PATHS.join(', ')}.` : `Did you mean ${near}?`;
  return new ConfigError('OPTION_UNKNOWN', `There is no option ${path}. ${help}`);
}
