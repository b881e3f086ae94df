import type { ConsentDecision } from '../consent/index.js';
import { toShownPath } from '../internal/index.js';
import {
  type ConsentLayer,
  describeSettings,
  type SettingDescription,
  type SettingName,
  type Settings,
} from '../settings/index.js';
import type { CommandContext } from './command.js';
import { hasSpoken } from './has-spoken.js';
import { toShownHost } from './shown-host.js';

/** A setting as `settings --json` prints it. */
export interface ShownSetting {
  readonly name: SettingName;
  /** Null: nothing is set, and nothing is its default. The key is never told: `set` or null. */
  readonly value: string | number | null;
  /** A variable, a place in a file, an option, `code` or `default`. */
  readonly origin: string;
  readonly variables: readonly string[];
  /** Keys in files. */
  readonly keys: readonly string[];
}

/** Every setting of an app, in the order of their table. */
export function readSettings(context: CommandContext): readonly ShownSetting[] {
  const { settings, watch } = context.consent;
  const decision = watch.refresh();
  const layers = context.consent.layers();
  return describeSettings(settings.prefix).map((row) => {
    const { name, variables, keys } = row;
    return { name, ...readOne(context, row, decision, layers), variables, keys };
  });
}

type Reading = Pick<ShownSetting, 'value' | 'origin'>;

function readOne(
  context: CommandContext,
  row: SettingDescription,
  { switches }: ConsentDecision,
  layers: readonly ConsentLayer[],
): Reading {
  if (!row.isSwitch) return readValue(context, row.name as keyof Settings['origins']);
  if (!Object.hasOwn(switches, row.name)) return readMainSwitch(row, layers);
  const { enabled, why } = switches[row.name as keyof typeof switches];
  return { value: enabled ? 'yes' : 'no', origin: hasSpoken(why) ? why.source : 'default' };
}

function readValue(
  { consent, isCodeKnown, isDirectoryTyped }: CommandContext,
  name: keyof Settings['origins'],
): Reading {
  const origin = consent.settings.origins[name];
  switch (name) {
    case 'posthog.key':
      if (origin === 'code' && !isCodeKnown) return { value: null, origin: 'not known here' };
      return { value: consent.settings.posthog.key === undefined ? null : 'set', origin };
    case 'store.directory': {
      const value = consent.directory === undefined ? null : toShownPath(consent.directory);
      return { value, origin: isDirectoryTyped ? '--config-dir' : origin };
    }
    case 'posthog.host':
      return { value: toShownHost(consent.settings.posthog.host), origin };
    default:
      return { value: valueAt(consent.settings, name), origin };
  }
}

function valueAt(settings: Settings, name: string): string | number | null {
  const value = name
    .split('.')
    .reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], settings);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** What is said about telemetry as a whole, by the first one who says it. */
function readMainSwitch(
  { name, variables, keys }: SettingDescription,
  layers: readonly ConsentLayer[],
): Reading {
  const spellings = [...variables, ...variables.map((variable) => `${variable} in .env`), name];
  const said = layers.find(
    ({ source }) => spellings.includes(source) || keys.some((key) => source.endsWith(`(${key})`)),
  );
  if (said === undefined) return { value: null, origin: 'default' };
  const isNo = name === 'enabled' && said.kind === 'off';
  return { value: isNo ? 'no' : 'yes', origin: said.source };
}
