import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { read } from '../../../scripts/documents.js';
import { ROLES } from '../../../src/settings/index.js';
import { parseStages, toWords } from './dockerfile.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const DOCKERFILE = read('deploy/Dockerfile');
const { bin, engines, scripts } = JSON.parse(read('package.json')) as {
  bin: Record<string, string>;
  engines: { node: string };
  scripts: Record<string, string>;
};

const stages = parseStages(DOCKERFILE);
const all = stages.flat();
const last = stages.at(-1) ?? [];
const textOf = (name: string) => last.findLast((instruction) => instruction.name === name)?.text ?? '';

describe('the image', () => {
  it('is described by a Dockerfile in which nothing is found wrong', () => {
    expect(validate(DOCKERFILE)).toEqual([]);
  });

  it('uses no shell', () => {
    const run = all.filter(({ name }) => ['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(name));
    expect(run.length).toBeGreaterThan(5);
    expect(run.filter(({ text }) => toWords(text) === undefined)).toEqual([]);
    expect(
      run.flatMap(({ text }) => toWords(text)).filter((word) => /^(ba|da)?sh$/.test(word ?? '')),
    ).toEqual([]);
    expect(all.map(({ name }) => name)).not.toContain('SHELL');
  });

  it('stands in each stage on one base, of a Node.js that the package runs on', () => {
    const [, major = '0'] = /^ARG NODE_IMAGE=node:(\d+)-bookworm-slim$/m.exec(DOCKERFILE) ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)));
    const bases = all.filter(({ name }) => name === 'FROM').map(({ text }) => text.split(' ')[0]);
    expect(bases).toHaveLength(stages.length - 1);
    expect(bases.filter((base) => base?.replaceAll(/\W/g, '') !== 'NODE_IMAGE')).toEqual([]);
  });

  it('runs as an account without a name, which can change nothing that it runs', () => {
    const [user = '0', group = '0'] = textOf('USER').split(':');
    expect([Number(user), Number(group)]).toEqual([10_001, 10_001]);
    const after = last.slice(last.findIndex(({ name }) => name === 'USER') + 1).map(({ name }) => name);
    expect(after).toEqual(['EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD']);
    expect(all.filter(({ text }) => text.includes('--chown'))).toEqual([]);
  });

  it('starts the program of the package, as the process that signals reach, with roles that there are', () => {
    expect(toWords(textOf('ENTRYPOINT'))).toEqual(['node', bin.sotto?.replace('./', '')]);
    expect(textOf('STOPSIGNAL')).toBe('SIGTERM');
    const [command, option, roles = '', ...rest] = toWords(textOf('CMD')) ?? [];
    expect([command, option, ...rest]).toEqual(['serve', '--roles', '--host', '0.0.0.0', '--port', '8000']);
    expect(ROLES).toEqual(expect.arrayContaining(roles.split(',')));
    expect(textOf('EXPOSE')).toBe('8000');
  });

  it('asks for its health with longer time than a database takes that does not answer', () => {
    expect(textOf('HEALTHCHECK')).toMatch(/--timeout=10s .*CMD \["node", "check-health\.mjs"\]$/);
  });

  it('holds no secret: whatever it is told when it is built is an image or a package', () => {
    const told = all
      .filter(({ name }) => name === 'ARG' || name === 'ENV')
      .map(({ text }) => text.split('=')[0]);
    expect(told).toEqual(['NODE_IMAGE', 'EXTRA_PACKAGES', 'NODE_ENV']);
    expect(DOCKERFILE).not.toContain('--mount=type=secret');
  });

  it('is built from files that there are, each of which reaches the builder, and from no others', () => {
    const copied = all
      .filter(({ name, text }) => name === 'COPY' && !text.startsWith('--from'))
      .flatMap(({ text }) => text.split(' ').slice(0, -1));
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const [everything, ...admitted] = read('deploy/Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(everything).toBe('*');
    const roots = new Set(copied.map((path) => (path.startsWith('deploy/image/') ? 'deploy/image' : path)));
    expect(admitted).toEqual([...roots].map((path) => `!${path}`).sort());
  });

  it('is built by the script of the package, which finds what it reads', () => {
    const build = scripts.build ?? '';
    expect(all.map(({ text }) => text)).toContain('["npm", "run", "build"]');
    const read = [...build.matchAll(/(?:[\w.-]+\/)*[\w.-]+\.(?:json|ts)/g)].map(([file]) => file);
    expect(read).toEqual(expect.arrayContaining(['tsconfig.build.json', 'scripts/build/main-entry.ts']));
    const copied = all.filter(({ name }) => name === 'COPY').flatMap(({ text }) => text.split(' '));
    const isCopied = (file: string) => copied.some((path) => file === path || file.startsWith(`${path}/`));
    expect(['tsup.config.ts', ...read].filter((file) => !isCopied(file))).toEqual([]);
  });
});
