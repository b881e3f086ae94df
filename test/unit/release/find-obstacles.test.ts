import { describe, expect, it } from 'vitest';
import { findObstacles } from '../../../scripts/release/find-obstacles.js';

const REPOSITORY = 'acme/sotto';
const withRepository = (repository?: string | { url?: string }) => ({
  manifest: repository === undefined ? {} : { repository },
  repository: REPOSITORY,
  npmVersion: '11.19.1',
});

describe('a release', () => {
  it.each([
    'git+https://github.com/acme/sotto.git',
    'https://github.com/acme/sotto.git',
    'https://github.com/acme/sotto',
  ])('meets no obstacle where package.json names the repository as %s', (url) => {
    expect(findObstacles(withRepository({ url }))).toEqual([]);
    expect(findObstacles(withRepository(url))).toEqual([]);
  });

  it.each([undefined, {}])(
    'is stopped where package.json names no repository, and is told what to add',
    (none) => {
      expect(findObstacles(withRepository(none))).toEqual([
        'package.json names no repository, and npm compares it with the provenance. Add "repository": { "type": "git", "url": "git+https://github.com/acme/sotto.git" }.',
      ]);
    },
  );

  it.each([
    'git+https://github.com/someone/sotto.git',
    'git+https://github.com/Acme/sotto.git',
    'git+https://github.com/acme/sotto-fork.git',
    'git+https://gitlab.com/acme/sotto.git',
    'git+https://github.com.example.org/acme/sotto.git',
    'acme/sotto',
  ])('is stopped where package.json names another one: %s', (url) => {
    expect(findObstacles(withRepository({ url }))).toEqual([
      expect.stringContaining(`${url}, and this is acme/sotto`),
    ]);
  });

  it.each(['10.9.8', '11.5.0', '9.99.99'])('is stopped by npm %s', (npmVersion) => {
    const facts = { ...withRepository('https://github.com/acme/sotto'), npmVersion };
    expect(findObstacles(facts)).toEqual([expect.stringMatching(`^npm ${npmVersion} cannot publish`)]);
  });

  it.each(['11.5.1', '11.10.0', '12.0.0'])('is not stopped by npm %s', (npmVersion) => {
    expect(findObstacles({ ...withRepository('https://github.com/acme/sotto'), npmVersion })).toEqual([]);
  });
});
