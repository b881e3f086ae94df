import { type CodeOptions, optionValue } from './code-options.js';
import { type ConfigFile, findKeys } from './config-files.js';
import { privateAddress, type ValueKind } from './kinds.js';
import { ADDRESSES, allowHttp } from './plain-http.js';
import { readValue, type ValueReading } from './read-value.js';
import type { SettingWarning } from './settings.js';
import { ENDPOINT_VARIABLE, VALUE_NAMES, VALUES, type ValueName, type ValueOf } from './table.js';
import { type Environment, findVariables } from './variables.js';
import type { Word } from './word.js';

/** The value of every setting that holds one. */
export type Values = { readonly [N in ValueName]: ValueOf<N> | (typeof VALUES)[N]['fallback'] };

export interface ResolvedValues {
  readonly values: Values;
  /** Where each value came from, for people: a variable, a file with line and key, `code` or `default`. */
  readonly origins: Readonly<Record<ValueName, string>>;
  readonly warnings: readonly SettingWarning[];
  readonly unusableDestinations: readonly Word[];
}

export interface ValueSources {
  readonly code: CodeOptions;
  readonly environment: Environment;
  /** In the order in which their values count. */
  readonly files: readonly ConfigFile[];
  readonly prefix: string;
  readonly isGiven: boolean;
}

/**
 * Take each value from the first place that has a usable one; the places stand in `ValueSetting`.
 *
 * @throws {ConfigError} `OPTION_INVALID`, also for an option that another place overrules
 */
export function resolveValues(sources: ValueSources): ResolvedValues {
  const values: Record<string, unknown> = {};
  const origins: Record<string, string> = {};
  const warnings: SettingWarning[] = [];
  const unusableDestinations: Word[] = [];
  for (const name of VALUE_NAMES) {
    const entry = isAddress(name) ? readAddress(name, sources) : readEntry(name, sources);
    const { reading, option } = entry;
    values[name] = toValue(entry);
    origins[name] = reading.found?.word.source ?? (option === undefined ? 'default' : 'code');
    warnings.push(...reading.warnings);
    unusableDestinations.push(...reading.unusableDestinations);
  }
  return {
    values: values as Values,
    origins: origins as Record<ValueName, string>,
    warnings,
    unusableDestinations,
  };
}

/** What the places come to for one setting. */
interface Entry {
  readonly name: ValueName;
  readonly reading: ValueReading<ValueOf<ValueName>>;
  /** Of code. */
  readonly option: ValueOf<ValueName> | undefined;
}

const toValue = ({ name, reading, option }: Entry) => reading.found?.value ?? option ?? VALUES[name].fallback;

function readEntry(
  name: ValueName,
  sources: ValueSources,
  kind: ValueKind<unknown> = VALUES[name].kind,
  optionKind = kind,
): Entry {
  return {
    name,
    reading: readValue(name, findWords(name, sources), sources.isGiven, kind),
    option: usableOption(sources.code, name, optionKind),
  };
}

function findWords(name: ValueName, { code, environment, files, prefix }: ValueSources): readonly Word[] {
  const words = [...findVariables(name, prefix, environment), ...findKeys(name, files)];
  if (words.length === 0) return words;
  const chosen: AddressName = code.get('otlp.endpoint') === undefined ? 'posthog.host' : 'otlp.endpoint';
  if (name === chosen) return words;
  const shared = ENDPOINT_VARIABLE.replace('<APP>', prefix);
  return words.filter((word) => word.name !== shared);
}

type AddressName = (typeof ADDRESSES)[number];

const isAddress = (name: ValueName): name is AddressName =>
  (ADDRESSES as readonly ValueName[]).includes(name);

/** What an address may be hangs on another setting: whether everybody on the way may read along. */
function readAddress(name: AddressName, sources: ValueSources): Entry {
  if (!isNamed(name, sources)) return readEntry(name, sources);
  const allowance = readEntry('posthog.allowHttp', sources);
  if (toValue(allowance) === true) return readEntry(name, sources);
  const any = VALUES[name].kind;
  const kind = privateAddress(any, allowHttp(sources.prefix));
  const optionKind = allowance.option === true ? any : kind;
  const entry = readEntry(name, sources, kind, optionKind);
  return allowance.reading.found === undefined ? entry : takeBack(entry, kind, allowance.reading.found.word);
}

const isNamed = (name: AddressName, sources: ValueSources) =>
  sources.code.get(name) !== undefined || findWords(name, sources).length > 0;

/** An address that code allowed and somebody else does not is no mistake of the program: it turns telemetry off. */
function takeBack(entry: Entry, kind: ValueKind<string>, word: Word): Entry {
  const { reading, option } = entry;
  if (reading.found || option === undefined || kind.fromCode(option) !== undefined) return entry;
  const unusableDestinations = [...reading.unusableDestinations, word];
  return { ...entry, reading: { ...reading, unusableDestinations }, option: undefined };
}

/** An empty key in code is what `process.env.KEY ?? ''` comes to: no key. */
function usableOption(
  code: CodeOptions,
  name: ValueName,
  kind: ValueKind<unknown>,
): ValueOf<ValueName> | undefined {
  const option = optionValue(code, name, kind);
  return option === '' ? undefined : option;
}
