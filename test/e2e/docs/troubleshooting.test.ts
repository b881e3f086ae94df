import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CHECKOUT } from '../support/checkout.js';

const read = (path: string) => readFileSync(join(CHECKOUT, path), 'utf8');
const PAGE = read('docs/guides/troubleshooting.md');

/** The words in quotation marks from one line of a source to another. */
function wordsOf(path: string, from: string, to: string, word: RegExp): readonly string[] {
  const [, after = ''] = read(path).split(from);
  return [...(after.split(to)[0] ?? '').matchAll(word)].map(([, found = '']) => found);
}

const QUOTED = /'([A-Z_]+)'/g;

it.each([
  ['errors', wordsOf('src/internal/errors.ts', 'TelemetryErrorCode =', ';', QUOTED)],
  ['warnings', wordsOf('src/settings/settings.ts', 'SettingWarningCode =', ';', QUOTED)],
  ['damaged files', wordsOf('src/client/report/health.ts', 'readonly code:', ';', QUOTED)],
  ['problems', wordsOf('src/server/http/problem.ts', 'PROBLEMS = {', '} as const', /^ {2}([A-Z_]+):/gm)],
  ['losses', wordsOf('src/privacy/drop-reason.ts', 'DROP_REASONS = [', ']', /'([a-z_]+)'/g)],
])('the page of troubleshooting has every code of %s', (_of, codes) => {
  expect(codes.length).toBeGreaterThan(2);
  expect(codes.filter((code) => !PAGE.includes(`\`${code}\``))).toEqual([]);
});
