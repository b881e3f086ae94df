/**
 * Runs a program with some of its standard streams on pipes and the others where they are, and reports what came through:
 * `node pipe-streams.mjs <report> stdin,stderr <command> <arguments…>`.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const [report, piped, command, ...args] = process.argv.slice(2);

const stdio = ['stdin', 'stdout', 'stderr'].map((name) => (piped.includes(name) ? 'pipe' : 'inherit'));
const child = spawn(command, args, { stdio });
child.stdin?.end('three more words\n');
const ended = new Promise((resolve) => child.once('close', (status, signal) => resolve({ status, signal })));
const [stdout, stderr] = await Promise.all(
  [child.stdout, child.stderr].map((stream) => stream && text(stream)),
);
writeFileSync(report, JSON.stringify({ ...(await ended), stdout, stderr }));
