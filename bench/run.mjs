/**
 * Measure Sotto, as it is built in `dist/`, beside other libraries. Prints tables, writes `results/results.json` and a chart of each
 * subject beside it, and exits with status 1 when a limit is not met or something could not be measured.
 *
 * - `--only=capture,hashing` some of the subjects, by the names of `subjects.mjs`
 * - `--quick` fewer samples: enough to see that everything runs, too few to judge by
 * - `--dist=path/to/index.js` another build, with its package.json above its folder
 * - `--readme` put tables and charts where README.md shows them; for a whole run only
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compileSubjects } from './lib/compile.mjs';
import { isMet } from './lib/figure.mjs';
import { checkPeers } from './lib/installed-peers.mjs';
import { describeMachine } from './lib/machine.mjs';
import { publishResults, toMarkdown, writeResults } from './lib/results.mjs';
import { SUBJECTS } from './subjects.mjs';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    dist: { type: 'string', default: fileURLToPath(new URL('../dist/index.js', import.meta.url)) },
    readme: { type: 'boolean', default: false },
  },
});

const names = flags.only?.split(',') ?? Object.keys(SUBJECTS);
const unknown = names.find((name) => !Object.hasOwn(SUBJECTS, name));
if (unknown !== undefined)
  throw new Error(`There is no subject ${unknown}; choose from ${Object.keys(SUBJECTS).join(', ')}.`);
if (flags.readme && (flags.quick || flags.only)) throw new Error('The README shows whole runs only.');
if (!existsSync(flags.dist)) throw new Error(`There is no ${flags.dist}. Run \`npm run build\` first.`);
checkPeers();

await compileSubjects();
const startedAt = new Date();
const options = { dist: pathToFileURL(resolve(flags.dist)).href, isQuick: flags.quick };
const subjects = [];
for (const name of names) subjects.push(await measureSubject(name));

const results = { date: startedAt.toISOString(), isQuick: flags.quick, machine: describeMachine(), subjects };
console.log(toMarkdown(results));
writeResults(results);
const failed = subjects.filter(({ error }) => error !== undefined);
for (const { name, error } of failed) console.error(`${name} could not be measured: ${error}`);
if (flags.readme && failed.length === 0) publishResults(results);
const goals = subjects.flatMap(({ figures }) => figures.flatMap((figure) => figure.goals));
if (failed.length > 0 || goals.some((goal) => isMet(goal) === false)) process.exitCode = 1;

/** One that fails takes nothing from the others. */
async function measureSubject(name) {
  const { title, measure } = SUBJECTS[name];
  const figures = [];
  const startedMs = performance.now();
  process.stderr.write(name);
  try {
    for await (const figure of measure(options)) {
      figures.push(figure);
      process.stderr.write('.');
    }
  } catch (error) {
    return { name, title, figures, error: error instanceof Error ? error.message : String(error) };
  } finally {
    process.stderr.write(` ${Math.round((performance.now() - startedMs) / 1_000)} s\n`);
  }
  return { name, title, figures };
}
