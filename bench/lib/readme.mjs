import { readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- results: begin -->';
const END = '<!-- results: end -->';

/**
 * Put the results between the two marks of a README.
 *
 * @param {URL} file
 * @throws {Error} when a mark is missing
 */
export function writeResults(file, markdown) {
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${file.pathname} has no place for results.`);
  writeFileSync(file, `${text.slice(0, begin)}${BEGIN}\n\n${markdown}\n\n${text.slice(end)}`);
}
