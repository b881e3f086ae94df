import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsOf, JOBS, WORKFLOWS } from './workflows.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const { scripts, publishConfig, devDependencies, engines } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as Record<'scripts' | 'devDependencies' | 'engines', Record<string, string>> & {
  readonly publishConfig: Record<string, unknown>;
};

const jobOf = (title: string) => {
  const job = JOBS.find((named) => named.title === title)?.job;
  if (!job) throw new Error(`There is no job ${title}.`);
  return job;
};
const titlesWith = (permission: string) =>
  JOBS.flatMap(({ title, job }) => (job.permissions?.[permission] === 'write' ? [title] : []));

describe('the workflows', () => {
  it('are two', () => {
    expect(WORKFLOWS.map(({ name }) => name).sort()).toEqual(['ci.yml', 'release.yml']);
  });

  it.each(WORKFLOWS)('$name gives no job a permission that it does not ask for', ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
  });

  it('give each permission to write to the jobs that need it', () => {
    expect(titlesWith('id-token')).toEqual(['release.yml: publish']);
    expect(titlesWith('pull-requests')).toEqual(['release.yml: version']);
    expect(titlesWith('contents')).toEqual(['release.yml: version', 'release.yml: publish']);
    const asked = JOBS.flatMap(({ job }) => Object.keys(job.permissions ?? {}));
    expect([...new Set(asked)].sort()).toEqual(['contents', 'id-token', 'pull-requests']);
  });

  it('never run with the permissions of this repository what a pull request from elsewhere holds', () => {
    expect(WORKFLOWS.flatMap(({ workflow }) => Object.keys(workflow.on)).sort()).toEqual([
      'pull_request',
      'push',
      'workflow_call',
    ]);
  });

  it.each(WORKFLOWS)('$name needs no secret', ({ text }) => {
    expect(text).not.toMatch(/secrets|NPM_TOKEN|NODE_AUTH_TOKEN|registry-url:/);
  });

  it.each(WORKFLOWS)('$name names every action by a commit, with the version beside it', ({ text }) => {
    const named = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action = '']) => action);
    expect(named).not.toEqual([]);
    for (const action of named)
      expect(action).toMatch(/^(\.\/[\w./-]+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  it('mean one commit by one version', () => {
    const pins = WORKFLOWS.flatMap(({ text }) => [...text.matchAll(/uses: (\S+)@(\S+) # (\S+)/g)]);
    const commits = new Map<string, Set<string>>();
    for (const [, action = '', commit = ''] of pins)
      commits.set(action, new Set(commits.get(action)).add(commit));
    expect([...commits.values()].map(({ size }) => size)).toEqual([1, 1, 1]);
  });

  it('leave no credentials in the files of a checkout', () => {
    const checkouts = JOBS.flatMap(({ job }) => job.steps ?? []).filter(({ uses }) =>
      uses?.startsWith('actions/checkout@'),
    );
    expect(checkouts).toHaveLength(JOBS.filter(({ job }) => job.steps).length);
    for (const { with: options } of checkouts) expect(options).toEqual({ 'persist-credentials': false });
  });

  it('end by themselves', () => {
    expect(JOBS.filter(({ job }) => job.steps && !job['timeout-minutes'])).toEqual([]);
  });

  it.each(JOBS)('$title runs only what there is', ({ job }) => {
    const commands = commandsOf(job);
    for (const command of commands) {
      const [, script] = /^npm run (\S+)/.exec(command) ?? [];
      if (script !== undefined) expect(scripts).toHaveProperty([script]);
      const [, binary] = /^npx (\S+)/.exec(command) ?? [];
      if (binary !== undefined) expect(existsSync(join(ROOT, 'node_modules', '.bin', binary))).toBe(true);
      for (const [path] of command.matchAll(/(?:\.ci|scripts)\/\S+/g))
        expect(existsSync(join(ROOT, path))).toBe(true);
    }
    for (const { uses } of [job, ...(job.steps ?? [])])
      if (uses?.startsWith('./')) expect(existsSync(join(ROOT, uses))).toBe(true);
    expect(commands.length > 0 || job.uses !== undefined).toBe(true);
  });
});

describe('continuous integration', () => {
  it('runs on the oldest Node.js what is run before a change is accepted', () => {
    const job = jobOf('ci.yml: everything');
    const [oldest] = /\d+/.exec(engines.node ?? '') ?? [];
    expect(job.container?.image).toBe(`node:${oldest}-bookworm`);
    expect(commandsOf(job)).toContain('bash .ci/run');
  });

  it('builds on the later ones, and runs the unit tests', () => {
    const job = jobOf('ci.yml: units');
    expect(job.strategy?.matrix).toEqual({ node: [22, 24] });
    expect(commandsOf(job)).toEqual(['npm ci', 'npm run build', 'npx vitest run --project unit']);
  });
});

describe('the release', () => {
  const publish = jobOf('release.yml: publish');

  it('comes after everything has passed, and after the decision to release', () => {
    expect(jobOf('release.yml: ci').uses).toBe('./.github/workflows/ci.yml');
    expect(jobOf('release.yml: version').needs).toBe('ci');
    expect(publish.needs).toBe('version');
  });

  it('is published from an environment of its own, after a check that npm will take it, with a fresh build', () => {
    expect(publish.environment).toBe('npm');
    expect(commandsOf(publish)).toEqual([
      'npm ci --ignore-scripts',
      'npx tsx scripts/release/check-publishable.ts',
      'npm run build',
      'npm run check:package',
      'npx changeset publish',
    ]);
  });

  it('carries its provenance', () => {
    const step = publish.steps?.find(({ with: options }) => options?.publish);
    expect(step?.env).toEqual({ NPM_CONFIG_PROVENANCE: 'true' });
    expect(publishConfig).toEqual({ access: 'public', provenance: true });
  });

  // Version 2 of the action refuses version 2 of the program, and the other way round.
  it('uses the action that fits the installed changesets', () => {
    const [, action] = /changesets\/action@\S+ # v(\d+)/.exec(WORKFLOWS.map(({ text }) => text).join()) ?? [];
    const [program] = /\d+/.exec(devDependencies['@changesets/cli'] ?? '') ?? [];
    expect({ action, program }).toEqual({ action: '1', program: '2' });
  });
});
