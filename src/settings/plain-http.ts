import { HOST } from './kinds.js';
import { keyNames, variableNames } from './table.js';
import { readAs, type Word } from './word.js';

/** What allows an http address that is not this machine, for people. */
export const allowHttp = (prefix: string): string => `${variableNames('posthog.allowHttp', prefix)[0]}=true`;

/** Whether a word that was refused is an address all the same: one over http, which nothing allows. */
export function isPlainHttp(word: Word, prefix: string): boolean {
  const names = [...variableNames('posthog.host', prefix), ...keyNames('posthog.host')];
  return names.includes(word.name) && readAs(HOST, word) !== undefined;
}
