/** What a line means as an answer to the question. */
export type Reply = 'yes' | 'no' | 'more_info' | 'unanswered' | 'invalid';

const REPLIES: ReadonlyMap<string, Reply> = new Map([
  ['y', 'yes'],
  ['yes', 'yes'],
  ['n', 'no'],
  ['no', 'no'],
  ['more info', 'more_info'],
  ['info', 'more_info'],
  ['more', 'more_info'],
  ['m', 'more_info'],
  ['', 'unanswered'],
]);

/** @param line - as typed, in any case and with any white space; undefined when there was none */
export function parseReply(line: string | undefined): Reply {
  const words = (line ?? '').trim().toLowerCase().replace(/\s+/g, ' ');
  return REPLIES.get(words) ?? 'invalid';
}
