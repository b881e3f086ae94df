import { HOST } from './kinds.js';
import { keyNames, type ValueName, variableNames } from './table.js';
import { readAs, type Word } from './word.js';

/** What allows an http address that is not this machine, for people. */
export const allowHttp = (prefix: string): string => `${variableNames('posthog.allowHttp', prefix)[0]}=true`;

/** The settings that say where events are sent. */
export const ADDRESSES = ['posthog.host', 'otlp.endpoint'] as const satisfies readonly ValueName[];

/** Whether a word that was refused is an address all the same: one over http, which nothing allows. */
export function isPlainHttp(word: Word, prefix: string): boolean {
  const names = ADDRESSES.flatMap((name) => [...variableNames(name, prefix), ...keyNames(name)]);
  return names.includes(word.name) && readAs(HOST, word) !== undefined;
}
