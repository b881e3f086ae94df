import { applyEdits, findNodeAtLocation, type ModificationOptions, modify, parseTree } from 'jsonc-parser';
import type { FeatureFlags } from '../../../settings/index.js';
import { hasTwinKeys } from '../json-twins.js';

export type FlagChanges = Partial<FeatureFlags>;

const BLOCK = 'features';
const FLAGS: Readonly<Record<keyof FeatureFlags, true>> = {
  enable_observability: true,
  enable_privacy_telemetry: true,
  enable_crash_uploader: true,
};
const isFlag = (key: unknown) => typeof key === 'string' && Object.hasOwn(FLAGS, key);

/**
 * Set flags in the text of an app's config file. Everything else in it stays byte for byte.
 *
 * @param text - JSON without comments; an empty one counts as `{}`
 * @returns undefined when it is no object, when one of the flags or their block stands there twice, or when a flag is to be
 *   switched on where the block is no object; in such a block everything is off
 */
export function editFlags(text: string, changes: FlagChanges): string | undefined {
  const start = text.trim() === '' ? '{}\n' : text;
  const content = parse(start);
  if (content === undefined) return undefined;
  if (!content.hasBlock) return Object.values(changes).includes(true) ? undefined : start;
  return Object.entries(changes).reduce(
    (edited, [flag, value]) => setValue(edited, [BLOCK, flag], value),
    start,
  );
}

/** Also undefined for what is nested so deeply that it cannot be looked through. `hasBlock`: there is one, or there can be. */
function parse(text: string): { readonly hasBlock: boolean } | undefined {
  try {
    JSON.parse(text);
    const root = parseTree(text);
    if (root?.type !== 'object' || hasTwinKeys(root, (key) => key === BLOCK)) return undefined;
    const block = findNodeAtLocation(root, [BLOCK]);
    if (block?.type === 'object' && hasTwinKeys(block, isFlag)) return undefined;
    return { hasBlock: block === undefined || block.type === 'object' };
  } catch {
    return undefined;
  }
}

/** Laid out as the text is, where that moves nothing else. */
function setValue(text: string, path: string[], value: boolean): string {
  const set = (options: ModificationOptions) => applyEdits(text, modify(text, path, value, options));
  const laidOut = set({ formattingOptions: layoutOf(text) });
  return isPureInsertion(text, laidOut) ? laidOut : set({});
}

function layoutOf(text: string): NonNullable<ModificationOptions['formattingOptions']> {
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  ';
  const isTab = indent.startsWith('\t');
  return {
    insertSpaces: !isTab,
    tabSize: isTab ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** Is a text another one with something put in at one place? */
function isPureInsertion(before: string, after: string): boolean {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  return after.length >= before.length && after.endsWith(before.slice(start));
}
