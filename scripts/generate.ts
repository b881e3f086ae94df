/** Writes what documents and sources say by computation: `npm run generate`. A test fails when a file differs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED_FILES, read } from './documents.js';

for (const { path, expected } of GENERATED_FILES) {
  const content = expected();
  if (content === read(path)) continue;
  writeFileSync(join(import.meta.dirname, '..', path), content);
  process.stdout.write(`${path} was brought up to date.\n`);
}
