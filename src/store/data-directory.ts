import { posix, win32 } from 'node:path';

/** What decides where programs keep their data. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** The user's home; may be relative or empty when the environment says so. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where an app keeps the data of one user on one machine, by the custom of the platform: `~/.local/share/acme` or under
 * `XDG_DATA_HOME`, `~/Library/Application Support/acme`, `%LOCALAPPDATA%\acme\Data`.
 *
 * @returns an absolute path; undefined when the machine names none. A relative one would put the data wherever the user
 *   happens to stand, so it counts as none.
 */
export function dataDirectory(app: string, { platform, home, env }: Machine): string | undefined {
  const path = platform === 'win32' ? win32 : posix;
  const firstAbsolute = (...places: (string | undefined)[]) =>
    places.find((place) => place !== undefined && path.isAbsolute(place));
  const inHome = (...names: string[]) => path.join(home, ...names);

  switch (platform) {
    case 'darwin': {
      const library = firstAbsolute(inHome('Library', 'Application Support'));
      return library && path.join(library, app);
    }
    case 'win32': {
      const local = firstAbsolute(env.LOCALAPPDATA, inHome('AppData', 'Local'));
      return local && path.join(local, app, 'Data');
    }
    default: {
      const share = firstAbsolute(env.XDG_DATA_HOME, inHome('.local', 'share'));
      return share && path.join(share, app);
    }
  }
}
