import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read } from '../../../scripts/documents.js';
import { readCompose } from './compose-file.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const GUIDE = read('docs/deploy.md');
const filesOf = (folder: string, kind: RegExp) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => kind.test(file))
    .map((file) => read(join(folder, file)));

const named = (pattern: RegExp) => [...new Set([...GUIDE.matchAll(pattern)].map(([, name = '']) => name))];

describe('the guide of deployment', () => {
  it('speaks of figures that the services have', () => {
    const source = filesOf('src/server', /\.ts$/).join('\n');
    const figures = named(/`(sotto_[a-z_]+(?:_total|_seconds|_valid|_held|_messages))`/g);
    expect(figures.length).toBeGreaterThan(6);
    expect(figures.filter((figure) => !source.includes(`name: '${figure}'`))).toEqual([]);
  });

  it('speaks of objects and overlays that the manifests have', () => {
    const manifests = filesOf('deploy/kubernetes', /\.yaml$/);
    const objects = named(/\b(?:deployment|service)\/([a-z-]+)/g);
    expect(objects.sort()).toEqual(['telemetry-collector', 'telemetry-settings']);
    const hasNames = (name: string) => manifests.some((text) => text.includes(`\n  name: ${name}\n`));
    expect(
      [...objects, 'telemetry-vendor', 'telemetry-ingest', 'telemetry-dashboard'].filter(
        (name) => !hasNames(name),
      ),
    ).toEqual([]);
    const overlays = readdirSync(join(ROOT, 'deploy', 'kubernetes', 'overlays'));
    expect(named(/overlays\/([a-z-]+)/g).sort()).toEqual(overlays.sort());
  });

  it('names the keys of the secrets that the manifests refer to', () => {
    const keys = filesOf('deploy/kubernetes', /\.yaml$/).flatMap((text) =>
      [...text.matchAll(/\bkey: ([a-z-]+)/g)].map(([, key = '']) => key),
    );
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key) => !GUIDE.includes(key))).toEqual([]);
  });

  it('gives a file of its own name to compose and to Kubernetes', () => {
    const filled = named(/\bcp \S+ (\S*\.env)\b/g);
    const secrets = named(/--from-env-file=(\S+\.env)\b/g);
    expect([filled.length, secrets.length]).toEqual([2, 3]);
    expect(secrets.filter((file) => filled.includes(file))).toEqual([]);
  });

  it('runs services that the compose files have', () => {
    const given = new Proxy({}, { get: () => 'a1b2c3d4e5f6a7b8' });
    const services = ['deploy/compose.yaml', 'deploy/compose.vendor.yaml'].flatMap((path) =>
      Object.keys(readCompose(path, given).services),
    );
    const run = named(/docker compose [^\n]*(?:run --rm|exec --no-TTY) (?:--\S+ )*([a-z]+)/g);
    expect(run).toEqual(['orgs', 'postgres', 'collector', 'vendor']);
    expect(run.filter((name) => !services.includes(name))).toEqual([]);
  });

  it('prints no part of a key', () => {
    expect(GUIDE).not.toMatch(/LICENSE_KEY[^\n]*\|\s*(?:cut|head)|echo[^\n]*KEY/);
  });
});
