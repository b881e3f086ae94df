import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CHECKOUT, TSC } from '../support/checkout.js';
import { runProgram } from '../support/program.js';
import type { CheckedBlock, Page } from './documents.js';

interface Source {
  readonly name: string;
  readonly text: string;
}

/**
 * Every page with all its code, as files of one program. A line of a file has the number that it has in the document, and the
 * name of a folder is that of its document.
 *
 * @param project - a folder in which the package is installed, and what the code of the pages needs beside it
 * @returns what the compiler says; nothing when everything fits
 */
export async function typeCheck(pages: readonly Page[], project: string): Promise<string> {
  const folder = join(project, 'typed');
  mkdirSync(folder);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  for (const page of pages) writeSources(folder, page);
  const { stdout, stderr } = await runProgram(process.execPath, [TSC, '--pretty', 'false'], {
    cwd: folder,
    env: process.env,
  });
  return stdout + stderr;
}

const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'esnext.decorators', 'esnext.disposable'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    allowJs: true,
    checkJs: true,
    moduleDetection: 'force',
    skipLibCheck: true,
    noEmit: true,
    // Not among what a reader installs to follow the pages.
    paths: { vitest: [join(CHECKOUT, 'node_modules', 'vitest', 'dist', 'index.d.ts')] },
  },
  include: ['pages'],
};

function writeSources(folder: string, page: Page): void {
  const place = join(folder, 'pages', page.path.replaceAll('/', '-'));
  for (const { name, text } of sourcesOf(page)) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, name), text);
  }
}

/** A block that continues another is in the file of that one. */
export function sourcesOf({ path, blocks }: Page): readonly Source[] {
  const typed = blocks.filter(({ check }) => check === 'type-checked');
  const files: { name: string; blocks: CheckedBlock[] }[] = [];
  for (const block of typed) {
    const last = files.at(-1);
    if (block.marks.continues && last) last.blocks.push(block);
    else files.push({ name: nameOf(block, path), blocks: [block] });
  }
  return files.map(({ name, blocks }) => ({ name, text: inTheirPlaces(blocks) }));
}

function nameOf({ marks, language, firstLine }: CheckedBlock, path: string): string {
  return marks.file ?? `${basename(path, '.md')}-${firstLine}.${language === 'ts' ? 'ts' : 'mjs'}`;
}

/** All other lines of the document are empty. */
function inTheirPlaces(blocks: readonly CheckedBlock[]): string {
  const lines: string[] = [];
  for (const { marks, ...block } of blocks)
    for (const { firstLine, lines: own } of [...(marks.with ? [marks.with] : []), block])
      for (const [index, line] of own.entries()) lines[firstLine - 1 + index] = line;
  return Array.from(lines, (line) => `${line ?? ''}\n`).join('');
}
