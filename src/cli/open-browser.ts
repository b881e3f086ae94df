import { join } from 'node:path';
import { eraseFile, randomId, replaceFile } from '../internal/index.js';
import type { Environment } from '../settings/index.js';

/** Opens a file with whatever the person opens such files with. @throws when nothing could be started */
export type OpenFile = (path: string) => Promise<unknown>;

/** Loaded when it is used only. Starts a program, and prints nothing. */
export const openWithSystem: OpenFile = async (path) => {
  const { default: open } = await import('open');
  return open(path);
};

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
  const path = join(directory, `open-${randomId().slice(0, 8)}.html`);
  const target = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  replaceFile(
    path,
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">' +
      `<meta http-equiv="refresh" content="0; url=${target}"><title>One moment</title>\n`,
  );
  return { path, remove: () => void eraseFile(path) };
}
