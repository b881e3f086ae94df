/** How much of a stack is looked at, from where its frames begin; and how many of its lines. */
const MAX_STACK_LENGTH = 65_536;
const MAX_LINES = 200;
const MAX_LINE_LENGTH = 1_024;
/** Before the message stand its class and, where Node says it, the line of code that failed. */
const MAX_PREAMBLE_LENGTH = 8_192;
const MAX_PROBE_LENGTH = 200;

/** `    at run (file)`, as V8 writes it. */
const V8_FRAME = /^\s{1,40}at /;
/** The end of `run@file:1:2` and of `map@[native code]`, as others do. */
const OTHER_END = /(?::\d{1,9}|\[native code\])$/;

/**
 * The lines of a stack that are frames, the innermost first. A message has lines of its own, and may imitate frames: those
 * are not among them.
 *
 * @param message - of the error, as it is now
 * @remarks Where a message was changed after the stack was made, it cannot be told where it ended. Then only lines at the end
 *   of the stack count, none of which is something else.
 */
export function readStackLines(stack: string, message: string): readonly string[] {
  const start = endOfMessage(stack, message);
  return start === undefined
    ? lastBlockOf(stack)
    : linesFrom(stack, start).filter(isFrame).slice(0, MAX_LINES);
}

/** Where the message ends in the stack; undefined where it does not stand there. */
function endOfMessage(stack: string, message: string): number | undefined {
  if (message === '') return undefined;
  const probe = message.slice(0, MAX_PROBE_LENGTH);
  const preamble = stack.slice(0, MAX_PREAMBLE_LENGTH + MAX_PROBE_LENGTH);
  for (let at = preamble.indexOf(probe); at >= 0; at = preamble.indexOf(probe, at + 1)) {
    const end = at + message.length;
    const isWhole = end >= stack.length || stack[end] === '\n';
    if (isWhole && isAfterName(preamble, at)) return end;
  }
  return undefined;
}

/** `TypeError: message`, `TypeError [ERR_X]: message`, or the message alone at the beginning of a line. */
function isAfterName(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n' || text.slice(Math.max(0, at - 2), at) === ': ';
}

/** From the end, so that a message of several lines cannot push the frames out of sight. */
function lastBlockOf(stack: string): readonly string[] {
  const lines = linesFrom(stack, Math.max(0, stack.length - MAX_STACK_LENGTH));
  const filled = lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
  const block = filled.slice(filled.findLastIndex((line) => !isFrame(line)) + 1);
  return block.slice(0, MAX_LINES);
}

function linesFrom(stack: string, start: number): readonly string[] {
  return stack
    .slice(start, start + MAX_STACK_LENGTH)
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE_LENGTH).trimEnd());
}

function isFrame(line: string): boolean {
  return V8_FRAME.test(line) || (line.includes('@') && OTHER_END.test(line));
}
