/** Reads vitest's JSON result and prints "N passed, N failed"; fails unless tests ran and all of them succeeded. */
import { readFileSync } from 'node:fs';

const { numPassedTests: passed, numFailedTests: failed, success } = readResult(process.argv[2]);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (!success || passed === 0 || failed > 0) process.exitCode = 1;

/** The result of a run that ended before it could write one counts as no test at all. */
function readResult(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, success: false };
  }
}
