import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A machine of its own for one program: an empty home, an empty folder for temporary files, and hardly any variables. */
export interface Sandbox extends Disposable {
  readonly root: string;
  /** What a program started here sees of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Paths of everything in the home and among the temporary files, relative to the sandbox. */
  leftOver(): string[];
}

/** npm and tsx keep files of their own, which say nothing about the program they start. */
const OF_TOOLS = /^(home\/\.npm|tmp\/tsx-|tmp\/node-compile-cache)/;

export async function createSandbox(): Promise<Sandbox> {
  const root = mkdtempSync(join(tmpdir(), 'sotto-e2e-'));
  const [home, tmp] = [join(root, 'home'), join(root, 'tmp')];
  await Promise.all([mkdir(home), mkdir(tmp)]);
  return {
    root,
    env: { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: tmp, npm_config_update_notifier: 'false' },
    leftOver: () =>
      ['home', 'tmp']
        .flatMap((folder) =>
          readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${name}`),
        )
        .filter((path) => !OF_TOOLS.test(path)),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
