/** A fenced block of code of a document, with what the comments before it say about how it is checked. */
export interface Block {
  /** What stands behind the fence: `ts`, `sh`, `json`…; empty where nothing does. */
  readonly language: string;
  /** The lines between the fences, without the indentation of the fence. */
  readonly lines: readonly string[];
  /** Line of the document of the first of them, from 1. */
  readonly firstLine: number;
  readonly marks: Marks;
}

/**
 * What HTML comments directly before a fence say; a page does not show them.
 *
 * - `<!-- continues -->`: the block goes on where the one before it in the same language ended.
 * - `<!-- with`, lines, `-->`: what is needed for the block and would not help its reader, such as declarations.
 * - `<!-- file: NAME -->`: the block is a file, which blocks after it import and run.
 * - `<!-- output -->`: what the executed block before it printed. `…` stands for anything, alone in a line for any lines.
 * - `<!-- tested by: PATH -->`: that test reads the document, and executes the block.
 * - `<!-- not run: REASON -->`: commands that cannot be executed in a test. They are still parsed.
 * - `<!-- not checked: REASON -->`: the same for what is no command.
 * - `<!-- generated: NAME -->`: `npm run generate` makes the block, and a test compares.
 */
export interface Marks {
  readonly continues: boolean;
  readonly output: boolean;
  /** With the number of the first line of it. */
  readonly with: { readonly lines: readonly string[]; readonly firstLine: number } | undefined;
  readonly file: string | undefined;
  readonly testedBy: string | undefined;
  readonly notRun: string | undefined;
  readonly notChecked: string | undefined;
  readonly generated: string | undefined;
}

interface Comment {
  readonly text: string;
  /** Line of the document on which it begins, from 1. */
  readonly firstLine: number;
}

const FENCE = /^( *)(`{3,})\s*([^`\s]*)[^`]*$/;

/** @throws for a fence that is not closed, and for a comment before a fence that begins like a mark and is none */
export function readBlocks(document: string): readonly Block[] {
  const lines = document.split('\n');
  const blocks: Block[] = [];
  let comments: Comment[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const [opened, indent = '', ticks = '', language = ''] = FENCE.exec(line) ?? [];
    if (opened !== undefined) {
      const end = findEnd(lines, index, ticks);
      const body = lines.slice(index + 1, end).map((text) => withoutIndent(text, indent.length));
      blocks.push({ language, lines: body, firstLine: index + 2, marks: readMarks(comments) });
      comments = [];
      index = end;
    } else if (line.trimStart().startsWith('<!--')) {
      const end = lines.findIndex((text, at) => at >= index && text.includes('-->'));
      if (end < 0) throw new Error(`The comment of line ${index + 1} does not end.`);
      comments.push({ text: lines.slice(index, end + 1).join('\n'), firstLine: index + 1 });
      index = end;
    } else if (line.trim() !== '') comments = [];
  }
  return blocks;
}

function findEnd(lines: readonly string[], start: number, ticks: string): number {
  const end = lines.findIndex((line, index) => index > start && line.trim() === ticks);
  if (end < 0) throw new Error(`The block of line ${start + 1} is not closed.`);
  return end;
}

function withoutIndent(line: string, width: number): string {
  return line.slice(Math.min(width, line.length - line.trimStart().length));
}

function readMarks(comments: readonly Comment[]): Marks {
  const words = comments.map(({ text }) => /^\s*<!--\s*([\s\S]*?)\s*-->\s*$/.exec(text)?.[1] ?? '');
  const textOf = (name: string) => words.find((word) => word.startsWith(`${name}: `))?.slice(name.length + 2);
  const unknown = words.find((word) => !KNOWN.test(word));
  if (unknown !== undefined) throw new Error(`The comment "${unknown}" before a block is no mark.`);
  const given = words.findIndex((word) => word.startsWith('with\n'));
  return {
    continues: words.includes('continues'),
    output: words.includes('output'),
    with:
      given < 0
        ? undefined
        : {
            lines: (words[given] ?? '').split('\n').slice(1),
            firstLine: (comments[given]?.firstLine ?? 0) + 1,
          },
    file: textOf('file'),
    testedBy: textOf('tested by'),
    notRun: textOf('not run'),
    notChecked: textOf('not checked'),
    generated: textOf('generated'),
  };
}

const KNOWN =
  /^(?:continues|output|with\n[\s\S]+|(?:file|tested by|not run|not checked|generated): .+|\/generated)$/;
