import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '..', '..', '..', '.github', 'workflows');

export type Permissions = Readonly<Record<string, 'read' | 'write' | 'none'>>;

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly uses?: string;
  readonly permissions?: Permissions;
  readonly environment?: string;
  readonly needs?: string;
  readonly 'timeout-minutes'?: number;
  readonly container?: { readonly image: string };
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface WorkflowFile {
  readonly name: string;
  readonly text: string;
  readonly workflow: Workflow;
}

export const WORKFLOWS: readonly WorkflowFile[] = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  return { name, text, workflow: parse(text) as Workflow };
});

export interface NamedJob {
  /** As `release.yml: publish`. */
  readonly title: string;
  readonly job: Job;
}

export const JOBS: readonly NamedJob[] = WORKFLOWS.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([key, job]) => ({ title: `${name}: ${key}`, job })),
);

/** What a step runs: its own script, and what it gives to an action to run. */
export function commandsOf({ steps = [] }: Job): string[] {
  return steps
    .flatMap(({ run, with: { version, publish } = {} }) => [run, version, publish])
    .filter((command) => typeof command === 'string')
    .flatMap((command) => command.split('\n'))
    .map((line) => line.trim());
}
