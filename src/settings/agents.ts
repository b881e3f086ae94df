type Variables = Readonly<Record<string, string | undefined>>;

/** What agents set in the environment of the programs that they run. `AI_AGENT` is the one that several agree on. */
const SIGNS = [
  'AI_AGENT',
  'CLAUDECODE',
  'CLAUDE_CODE',
  'REPL_ID',
  'GEMINI_CLI',
  'CODEX_SANDBOX',
  'CODEX_THREAD_ID',
  'OPENCODE',
  'AUGMENT_AGENT',
  'GOOSE_PROVIDER',
  'JUNIE_DATA',
  'JUNIE_SHIM_PATH',
  'COPILOT_AGENT',
  'COPILOT_CLI',
  'CURSOR_AGENT',
];

/** Agents that are known only by what a common variable holds. */
const MENTIONS = [
  { name: 'PATH', mention: '.pi/agent' },
  { name: 'PATH', mention: '.pi\\agent' },
  { name: 'EDITOR', mention: 'devin' },
];

/**
 * The variable that shows that an agent runs the program; undefined when none does.
 *
 * @param isTerminal - whether standard output is a terminal. One agent is told by the terminal it brings along, in which
 *   people work too: they see what is printed
 * @remarks Held equal to what the package `std-env` finds by a test. That package itself cannot be used here: importing
 *   it opens standard output.
 */
export function findAgent(env: Variables, isTerminal: () => boolean): string | undefined {
  const sign = SIGNS.find((name) => env[name]);
  if (sign !== undefined) return sign;
  const mentioned = MENTIONS.find(({ name, mention }) => env[name]?.includes(mention));
  if (mentioned !== undefined) return mentioned.name;
  return env.TERM_PROGRAM?.includes('kiro') && !isTerminal() ? 'TERM_PROGRAM' : undefined;
}
