import type { ChildProcess } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eraseFile, quietly, randomId, replaceFile } from '../internal/index.js';
import type { Environment } from '../settings/index.js';

/** Opens a file with whatever the person opens such files with. @throws when nothing could be started */
export type OpenFile = (path: string) => Promise<unknown>;

/** A starter that fails does so at once; one that goes on may be the browser itself. */
const HEARD_MS = 5_000;

/** Loaded when it is used only. Starts a program, and prints nothing. */
export const openWithSystem: OpenFile = async (path) => {
  const { default: open } = await import('open');
  await assertStarted(await open(path));
};

/** @throws when a program that was started to show something ends with a failure, within seconds */
export function assertStarted(starter: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const onEnd = (status: number | null) =>
      status === 0 ? resolve() : reject(new Error('The program that starts the browser has failed.'));
    if (starter.exitCode !== null) return onEnd(starter.exitCode);
    setTimeout(resolve, HEARD_MS).unref();
    starter.once('exit', onEnd);
  });
}

/** What a browser can be seen by. */
export interface Screen {
  readonly env: Environment['env'];
  readonly platform: NodeJS.Platform;
  /** Whether a person reads what is printed. */
  readonly isTerminal: boolean;
  readonly isCi: boolean;
}

/**
 * Why no browser would be seen by the person, as the rest of a sentence.
 *
 * @returns undefined when one can be opened, as far as that is known. Pure
 */
export function whyNoBrowser({ env, platform, isTerminal, isCi }: Screen): string | undefined {
  const has = (name: string) => (env[name] ?? '') !== '';
  if (isCi) return 'this is a job of a build server';
  if (['SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY'].some(has)) return 'you are on this machine from afar';
  if (!isTerminal) return 'nobody reads a terminal here';
  const hasScreen = ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'].some(has);
  const needsScreen = platform !== 'darwin' && platform !== 'win32' && platform !== 'android';
  return needsScreen && !hasScreen ? 'there is no screen' : undefined;
}

/**
 * A page that leads to an address at once, in a file that its user alone can read: what stands on a command line can be seen by
 * every user of the machine, and the address opens the door.
 *
 * @param directory - it is made when needed
 * @returns the file, and how to remove it; that may be called twice
 * @throws the file system's error
 */
export function writeForward(directory: string, address: string): { readonly path: string; remove(): void } {
  quietly(() => removeOldForwards(directory));
  const path = join(directory, `open-${randomId().slice(0, 8)}.html`);
  const target = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  replaceFile(
    path,
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">' +
      `<meta http-equiv="refresh" content="0; url=${target}"><title>One moment</title>\n`,
  );
  return { path, remove: () => void eraseFile(path) };
}

const FORWARD = /^open-[\da-f]{8}\.html$/;
const FORWARD_MS = 60_000;

/** Of programs that were killed. What they lead to is worth nothing any longer. */
function removeOldForwards(directory: string): void {
  const paths = readdirSync(directory)
    .filter((name) => FORWARD.test(name))
    .map((name) => join(directory, name));
  for (const path of paths) if (Date.now() - lstatSync(path).mtimeMs > FORWARD_MS) eraseFile(path);
}
