import { findAgent } from './agents.js';
import { findCi } from './ci.js';

/** Something that shows that no person works with the program, so that nobody could agree to anything. */
export interface Surrounding {
  readonly kind: 'ci' | 'test_environment' | 'agent';
  /** The variable that shows it. Never its value. */
  readonly source: string;
}

/** What the process's environment shows. */
export function readSurroundings(): readonly Surrounding[] {
  return findSurroundings(process.env, isTerminal);
}

/** Loaded here and not above, since it is hardly ever asked. It does not open standard output, as `process.stdout` would. */
function isTerminal(): boolean {
  return process.getBuiltinModule('node:tty').isatty(1);
}

/**
 * What shows a CI system, an automated test and an agent: at most one sign of each.
 *
 * @param isTerminal - whether standard output is a terminal
 */
export function findSurroundings(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: () => boolean,
): readonly Surrounding[] {
  const signs = [
    { kind: 'ci', source: findCi(env) },
    { kind: 'test_environment', source: findTest(env) },
    { kind: 'agent', source: findAgent(env, isTerminal) },
  ] as const;
  return signs.flatMap(({ kind, source }) => (source === undefined ? [] : [{ kind, source }]));
}

function findTest(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return TEST_SIGNS.find(({ name, words }) => words.includes((env[name] ?? '').trim().toLowerCase()))?.name;
}

const TEST_SIGNS = [
  { name: 'NODE_ENV', words: ['test'] },
  // Of Node's own test runner, which sets nothing else.
  { name: 'NODE_TEST_CONTEXT', words: ['child', 'child-v8'] },
  { name: 'ENVIRONMENT', words: ['development', 'dev', 'test', 'testing'] },
];
