/**
 * Measure Sotto, as it is built in `dist/`, beside posthog-node. Prints a table, writes `results.json`, and exits with
 * status 1 when a limit is not met.
 *
 * - `--only=capture,start` some of the measurements: capture, burst, start, parts, exit, loop, outage, scrubber,
 *   usage, services, reports, ingest
 * - `--quick` fewer samples: enough to see that everything runs, too few to judge by
 * - `--dist=path/to/index.js` another build
 * - `--readme` put the table into README.md
 */
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compileSubjects } from './lib/compile.mjs';
import { writeResults } from './lib/readme.mjs';
import { isMet } from './lib/row.mjs';
import { toMarkdown } from './lib/table.mjs';
import { measureBurst } from './measurements/burst.mjs';
import { measureCapture } from './measurements/capture.mjs';
import { measureExit } from './measurements/exit.mjs';
import { measureIngest } from './measurements/ingest.mjs';
import { measureLoop } from './measurements/loop.mjs';
import { measureOutage } from './measurements/outage.mjs';
import { measureParts } from './measurements/parts.mjs';
import { measureReports } from './measurements/reports.mjs';
import { measureScrubber } from './measurements/scrubber.mjs';
import { measureServices } from './measurements/services.mjs';
import { measureStart } from './measurements/start.mjs';
import { measureUsage } from './measurements/usage.mjs';

const fromHere = (path) => new URL(path, import.meta.url);

const MEASUREMENTS = {
  capture: measureCapture,
  burst: measureBurst,
  start: measureStart,
  parts: measureParts,
  exit: measureExit,
  loop: measureLoop,
  outage: measureOutage,
  scrubber: measureScrubber,
  usage: measureUsage,
  services: measureServices,
  reports: measureReports,
  ingest: measureIngest,
};

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(MEASUREMENTS).join() },
    quick: { type: 'boolean', default: false },
    dist: { type: 'string', default: fileURLToPath(fromHere('../dist/index.js')) },
    readme: { type: 'boolean', default: false },
  },
});

const names = flags.only.split(',');
const unknown = names.find((name) => !Object.hasOwn(MEASUREMENTS, name));
if (unknown !== undefined) {
  throw new Error(`There is no measurement ${unknown}; choose from ${Object.keys(MEASUREMENTS).join(', ')}.`);
}

if (!existsSync(flags.dist)) throw new Error(`There is no ${flags.dist}. Run \`npm run build\` first.`);

await compileSubjects();
const options = { dist: pathToFileURL(resolve(flags.dist)).href, isQuick: flags.quick };
const rows = [];
for (const name of names) {
  for await (const row of MEASUREMENTS[name](options)) {
    rows.push({ ...row, subject: `${name}: ${row.subject}` });
    process.stderr.write('.');
  }
}
process.stderr.write('\n');

const load = loadavg()[0].toFixed(1);
const machine = `Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}, load ${load}`;
const markdown = `${toMarkdown(rows)}\n\nMeasured ${new Date().toISOString().slice(0, 10)} on ${machine}.`;
console.log(markdown);
writeFileSync(fromHere('results.json'), `${JSON.stringify({ machine, rows }, undefined, 2)}\n`);
if (flags.readme) writeResults(fromHere('README.md'), markdown);
if (rows.some((row) => isMet(row) === false)) process.exitCode = 1;
