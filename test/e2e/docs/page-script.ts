import { isShell } from './check-of.js';
import type { CheckedBlock, Page } from './documents.js';

/** What stands between two blocks of the output. */
const MARK = '-- next block';

/** Addresses of this machine in a document, whose ports may be taken while tests run. */
const PORT = /((?:127\.0\.0\.1|localhost):|--port |port: )(\d{4,5})\b/g;

/**
 * The blocks of a page that are typed, from top to bottom in one shell: what one block exports or starts is there for the next.
 *
 * @returns undefined where the page has none
 */
export function executedBlocks({ blocks }: Page): readonly CheckedBlock[] | undefined {
  const executed = blocks.filter((block) => block.check === 'executed' && isShell(block));
  return executed.length === 0 ? undefined : executed;
}

/** @returns a script that prints the output of each block behind a mark of its own, errors among it */
export function toScript(blocks: readonly CheckedBlock[], prelude: string): string {
  const typed = blocks.map(
    ({ lines, marks }) => `echo '${MARK}'\n${[...(marks.with?.lines ?? []), ...lines].join('\n')}\n`,
  );
  // What a block has left running ends with the page.
  const end = `trap 'trap "" TERM; kill 0; wait' EXIT`;
  return `exec 2>&1\n${end}\n${prelude}\n${typed.join('')}`;
}

/** @returns the output of each block, in their order; fewer where the script broke off */
export function outputsOf(stdout: string): readonly string[] {
  return stdout.split(`${MARK}\n`).slice(1);
}

/** The ports that the commands of a page name. */
export function portsOf(blocks: readonly CheckedBlock[]): readonly string[] {
  const named = blocks.flatMap(({ lines }) => [...lines.join('\n').matchAll(PORT)]);
  return [...new Set(named.map(([, , port = '']) => port))];
}

export function withPorts(text: string, ports: ReadonlyMap<string, string>): string {
  return text.replace(PORT, (_whole, before: string, port: string) => `${before}${ports.get(port) ?? port}`);
}

/** Whether the output is what the document shows, where `…` stands for anything, alone in a line for any lines. */
export function showsOutput(shown: readonly string[], output: string): boolean {
  const pattern = shown
    .map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : `${escapeLine(line.trimEnd())}\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${output.replaceAll(/[^\S\n]+$/gm, '').trimEnd()}\n`);
}

const escapeLine = (line: string) =>
  line
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
