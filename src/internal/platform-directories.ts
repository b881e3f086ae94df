import { posix, win32 } from 'node:path';

/** What decides where programs keep their files. */
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
export function dataDirectory(app: string, machine: Machine): string | undefined {
  const { env } = machine;
  switch (machine.platform) {
    case 'darwin':
      return below(machine, [inHome(machine, 'Library', 'Application Support')], app);
    case 'win32':
      return below(machine, [env.LOCALAPPDATA, inHome(machine, 'AppData', 'Local')], app, 'Data');
    default:
      return below(machine, [env.XDG_DATA_HOME, inHome(machine, '.local', 'share')], app);
  }
}

/**
 * Where a user keeps an app's settings, by the custom of the platform: `~/.config/acme` or under `XDG_CONFIG_HOME`,
 * `~/Library/Preferences/acme`, `%APPDATA%\acme\Config`.
 *
 * @returns as {@link dataDirectory}
 */
export function configDirectory(app: string, machine: Machine): string | undefined {
  const { env } = machine;
  switch (machine.platform) {
    case 'darwin':
      return below(machine, [inHome(machine, 'Library', 'Preferences')], app);
    case 'win32':
      return below(machine, [env.APPDATA, inHome(machine, 'AppData', 'Roaming')], app, 'Config');
    default:
      return below(machine, [env.XDG_CONFIG_HOME, inHome(machine, '.config')], app);
  }
}

/** Where whoever runs a machine keeps an app's settings for all of its users: `/etc/acme`, `%PROGRAMDATA%\acme`. */
export function policyDirectory(app: string, { platform, env }: Pick<Machine, 'platform' | 'env'>): string {
  if (platform !== 'win32') return posix.join('/etc', app);
  const { PROGRAMDATA } = env;
  const isUsable = PROGRAMDATA !== undefined && win32.isAbsolute(PROGRAMDATA);
  return win32.join(isUsable ? PROGRAMDATA : 'C:\\ProgramData', app);
}

const pathOf = ({ platform }: Machine) => (platform === 'win32' ? win32 : posix);

const inHome = (machine: Machine, ...names: string[]) => pathOf(machine).join(machine.home, ...names);

/** A place below the first absolute one of these. */
function below(machine: Machine, places: (string | undefined)[], ...names: string[]): string | undefined {
  const path = pathOf(machine);
  const place = places.find((candidate) => candidate !== undefined && path.isAbsolute(candidate));
  return place && path.join(place, ...names);
}
