import { applyEdits, findNodeAtLocation, type ModificationOptions, modify, parseTree } from 'jsonc-parser';
import type { FeatureFlags } from '../../../settings/index.js';
import { hasTwinKeys } from '../json-twins.js';

export type FlagChanges = Partial<FeatureFlags>;

const BLOCK = 'features';

/**
 * Set flags in the text of an app's config file. Everything else in it stays byte for byte.
 *
 * @param text - JSON without comments; an empty one counts as `{}`
 * @returns undefined when it is no object, when its flags are no object, or when one of these stands there twice
 */
export function editFlags(text: string, changes: FlagChanges): string | undefined {
  const start = text.trim() === '' ? '{}\n' : text;
  if (!isEditable(start)) return undefined;
  return Object.entries(changes).reduce(
    (edited, [flag, value]) => setValue(edited, [BLOCK, flag], value),
    start,
  );
}

/** Also false for what is nested so deeply that it cannot be looked through. */
function isEditable(text: string): boolean {
  try {
    JSON.parse(text);
    const root = parseTree(text);
    if (root?.type !== 'object' || hasTwinKeys(root)) return false;
    const block = findNodeAtLocation(root, [BLOCK]);
    return block === undefined || (block.type === 'object' && !hasTwinKeys(block));
  } catch {
    return false;
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
