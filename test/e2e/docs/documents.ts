import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../support/checkout.js';
import { type Block, readBlocks } from './blocks.js';
import { type Check, checkOf } from './check-of.js';

export interface CheckedBlock extends Block {
  readonly check: Check;
}

export interface Page {
  /** Relative to the checkout. */
  readonly path: string;
  readonly blocks: readonly CheckedBlock[];
}

/**
 * The documents whose blocks are held. Decisions (`docs/adr`) are among them: what one shows has to hold as long as it stands
 * there. The changelog is not: what it shows was true of its version.
 */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(CHECKOUT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name))
    .sort(),
];

/** @throws where a block cannot be read, or nothing would check it, with its line */
export function readPage(path: string): Page {
  const blocks: CheckedBlock[] = [];
  for (const block of readBlocks(readFileSync(join(CHECKOUT, path), 'utf8'))) {
    try {
      blocks.push({ ...block, check: checkOf(block, blocks) });
    } catch (cause) {
      throw new Error(`${path}:${block.firstLine - 1}: ${(cause as Error).message}`, { cause });
    }
  }
  return { path, blocks };
}
