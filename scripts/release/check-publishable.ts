/** Fails where npm would refuse the release of the package in the working directory, before anything of it is public. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findObstacles, type ReleaseFacts } from './find-obstacles.js';

const obstacles = findObstacles({
  manifest: JSON.parse(readFileSync('package.json', 'utf8')) as ReleaseFacts['manifest'],
  repository: readRepository(),
  npmVersion: execFileSync('npm', ['--version'], { encoding: 'utf8' }).trim(),
});
for (const obstacle of obstacles) process.stderr.write(`${obstacle}\n`);
if (obstacles.length > 0) process.exitCode = 1;

function readRepository(): string {
  const repository = process.env.GITHUB_REPOSITORY;
  if (!repository)
    throw new Error('GITHUB_REPOSITORY is not set. A release is made by the workflow: see CONTRIBUTING.md.');
  return repository;
}
