import { ConfigError } from '../../internal/index.js';
import { type CounterName, toCounterName } from '../../privacy/index.js';

/** Hooks that an app declares, as it spells them and as they are counted. */
export interface HookNames {
  readonly spelled: readonly string[];
  readonly counted: ReadonlySet<CounterName>;
}

/** @throws {ConfigError} `OPTION_INVALID` when the option is no array of names */
export function parseHookNames(hooks: unknown): HookNames {
  if (hooks === undefined) return { spelled: [], counted: new Set() };
  const spelled: readonly unknown[] = Array.isArray(hooks) ? hooks : [undefined];
  const counted = spelled.map((name) => {
    const counter = toCounterName(name);
    if (counter === undefined) throw invalid();
    return counter;
  });
  return { spelled: spelled as readonly string[], counted: new Set(counted) };
}

const invalid = () =>
  new ConfigError(
    'OPTION_INVALID',
    'Hooks must be an array of names: 1 to 64 printable ASCII characters without spaces, and nothing in them that identifies.',
  );
