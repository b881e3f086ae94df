import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { configDirectory, type Machine, policyDirectory, toShownPath } from '../internal/index.js';
import type { TelemetryOptions } from './options.js';
import { VALUES } from './table.js';

/** A path where a file may speak about telemetry, now or later. */
export interface ConfigPlace {
  /** Whose word it is. A `marker` is a thing whose mere existence is a no. */
  readonly kind: 'project' | 'app' | 'user' | 'machine' | 'marker';
  /** Absolute. */
  readonly path: string;
  /** The path for people: the home directory is written `~`. */
  readonly shown: string;
}

/** The machine, and where on it the program stands; undefined where that directory is gone. */
export interface StandingMachine extends Machine {
  readonly cwd: string | undefined;
}

/** What a maker says of the places. */
type PlaceOptions = Pick<TelemetryOptions, 'app' | 'configFile' | 'umbrellaFlag'>;

/** What an operator or a user says here counts for every app that uses this package. */
const EVERY_APP = 'sotto';
const MAX_LEVELS = 32;

/**
 * Every path where a file may speak about an app's telemetry, in the order in which values count: the project (the
 * nearest directory first), the app's own file, the user, the machine.
 *
 * @param options - as the maker passed them, not checked yet: a wrong name or path has no places
 * @returns places that need not exist; they do not follow a later change of the working directory
 * @remarks Looks for `.git` above the working directory, and reads nothing. Never throws.
 */
export function findConfigPlaces(
  options: PlaceOptions,
  machine: StandingMachine = readMachine(),
): readonly ConfigPlace[] {
  const app = VALUES.app.kind.fromCode(options?.app);
  if (app === undefined) return [];
  const homes = homesOf(machine);
  const place = (kind: ConfigPlace['kind'], path: string): ConfigPlace => ({
    kind,
    path,
    shown: toShownPath(path, homes),
  });
  const inside = (kind: ConfigPlace['kind'], directory: string | undefined): readonly ConfigPlace[] => {
    if (directory === undefined) return [];
    const shown = toShownPath(directory, homes);
    return FILE_NAMES.map((name) => ({ kind, path: directory + sep + name, shown: shown + sep + name }));
  };

  const names = [...new Set([app, EVERY_APP])];
  const appFile = findAppFile(app, options, machine);
  return [
    ...projectDirectories(machine, homes).flatMap((directory) =>
      names.flatMap((name) => inside('project', join(directory, `.${name}`))),
    ),
    ...(appFile === undefined ? [] : [place('app', appFile)]),
    ...names.flatMap((name) => inside('user', configDirectory(name, machine))),
    ...names.flatMap((name) => inside('machine', policyDirectory(name, machine))),
    ...homes.slice(0, 1).map((home) => place('marker', join(home, `.${app}-no-telemetry`))),
  ];
}

/** Where the maker says it is; where they only say that its flags count, in the user's directory for the app. */
function findAppFile(app: string, options: PlaceOptions, machine: Machine): string | undefined {
  const { configFile, umbrellaFlag } = options;
  if (configFile !== undefined) return VALUES.configFile.kind.fromCode(configFile);
  const directory = umbrellaFlag === true ? configDirectory(app, machine) : undefined;
  return directory && join(directory, `${app}.json`);
}

const FILE_NAMES = ['telemetry.json', 'telemetry.toml'];

function readMachine(): StandingMachine {
  const { platform, env } = process;
  return { platform, env, home: orElse(homedir, ''), cwd: orElse(() => process.cwd(), undefined) };
}

/** The home as it is named and, where a link leads to it, as it is reached: the working directory is known by the latter. */
function homesOf({ home, cwd = '' }: StandingMachine): readonly string[] {
  if (!isAbsolute(home)) return [];
  const named = withoutEnd(home);
  if (cwd === named || cwd.startsWith(named + sep)) return [named];
  return [...new Set([named, orElse(() => realpathSync.native(home), named)])];
}

/** `HOME=/home/ada/` is `/home/ada`. */
const withoutEnd = (path: string) => join(dirname(path), basename(path));

/**
 * The working directory and those above it that may belong to the same project: up to the one that holds `.git`, or the
 * home directory.
 */
function projectDirectories({ cwd }: StandingMachine, homes: readonly string[]): readonly string[] {
  const directories: string[] = [];
  let directory = cwd;
  while (directory !== undefined && directories.length < MAX_LEVELS) {
    directories.push(directory);
    const above = dirname(directory);
    const isLast = above === directory || homes.includes(directory) || holdsGit(directory);
    directory = isLast ? undefined : above;
  }
  return directories;
}

/** A directory, or a file in a linked work tree. */
const holdsGit = (directory: string) => orElse(() => existsSync(join(directory, '.git')), false);

function orElse<T>(read: () => T, fallback: T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}
