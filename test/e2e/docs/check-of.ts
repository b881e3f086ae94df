import type { Block } from './blocks.js';

/** How a block is held to what it says. */
export type Check =
  | 'type-checked'
  | 'executed'
  | 'parsed'
  /** With what the executed block before it printed. */
  | 'compared'
  | 'generated'
  | 'tested elsewhere'
  | 'not run'
  | 'not checked';

const BY_LANGUAGE: Readonly<Record<string, Check>> = {
  ts: 'type-checked',
  js: 'type-checked',
  sh: 'executed',
  bash: 'executed',
  sql: 'executed',
  json: 'parsed',
  yaml: 'parsed',
  toml: 'parsed',
  env: 'parsed',
};

/** A reason is a sentence, or most of one. */
const MIN_REASON_LENGTH = 12;

export const isShell = ({ language }: Block): boolean => language === 'sh' || language === 'bash';

/**
 * Decide by the marks of a block and by its language, in this order.
 *
 * @param before - the blocks of the same document that stand before it
 * @throws where nothing would check it, or a mark means nothing there
 */
export function checkOf(block: Block, before: readonly (Block & { readonly check: Check })[]): Check {
  const { marks, language } = block;
  const usual = BY_LANGUAGE[language];
  if (marks.generated !== undefined) return 'generated';
  if (marks.testedBy !== undefined) return 'tested elsewhere';
  if (marks.notRun !== undefined) {
    if (!isShell(block)) throw new Error('Only commands are run, and so only they can be not run.');
    return excused('not run', marks.notRun);
  }
  if (marks.notChecked !== undefined) {
    if (usual !== undefined) throw new Error(`A block of ${language} can be ${usual}.`);
    return excused('not checked', marks.notChecked);
  }
  if (marks.output) {
    if (before.at(-1)?.check !== 'executed')
      throw new Error('There is no executed block before this output.');
    return 'compared';
  }
  if (marks.continues && !before.some((other) => other.language === language))
    throw new Error('There is no block that it could continue.');
  if (usual === undefined) throw new Error(`Nothing checks a block of kind "${language}".`);
  return usual;
}

function excused(check: Check, reason: string): Check {
  if (reason.length < MIN_REASON_LENGTH) throw new Error('The reason says too little.');
  return check;
}
