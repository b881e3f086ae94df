import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findConfigPlaces, type TelemetryOptions } from '../../../src/settings/index.js';
import { createDirectory } from '../../support/directories.js';

interface Standing {
  readonly home: string;
  readonly cwd?: string | undefined;
  readonly env?: Record<string, string>;
  readonly platform?: NodeJS.Platform;
}

function find(
  { home, cwd, env = {}, platform = 'linux' }: Standing,
  options: Partial<TelemetryOptions> = {},
) {
  return findConfigPlaces({ app: 'acme', ...options }, { home, cwd, env, platform });
}

const shownOf = (standing: Standing, kind: string, options: Partial<TelemetryOptions> = {}) =>
  find(standing, options)
    .filter((place) => place.kind === kind)
    .map(({ shown }) => shown);

/** The directories in which the project may speak, without the names of the files. */
const levelsOf = (standing: Standing) =>
  find(standing)
    .filter(({ kind, path }) => kind === 'project' && path.endsWith('/.acme/telemetry.json'))
    .map(({ path }) => path.slice(0, -'/.acme/telemetry.json'.length));

it('lists every place, in the order in which values count', () => {
  const home = realpathSync(createDirectory());
  const places = find({ home, cwd: home }, { configFile: '/opt/acme/acme.toml' });
  expect(places.map(({ kind, shown }) => `${kind} ${shown}`)).toEqual([
    'project ~/.acme/telemetry.json',
    'project ~/.acme/telemetry.toml',
    'project ~/.sotto/telemetry.json',
    'project ~/.sotto/telemetry.toml',
    'app /opt/acme/acme.toml',
    'user ~/.config/acme/telemetry.json',
    'user ~/.config/acme/telemetry.toml',
    'user ~/.config/sotto/telemetry.json',
    'user ~/.config/sotto/telemetry.toml',
    'machine /etc/acme/telemetry.json',
    'machine /etc/acme/telemetry.toml',
    'machine /etc/sotto/telemetry.json',
    'machine /etc/sotto/telemetry.toml',
    'marker ~/.acme-no-telemetry',
  ]);
  expect(places[0]?.path).toBe(join(home, '.acme', 'telemetry.json'));
});

it('lists no place twice', () => {
  const home = createDirectory();
  const paths = findConfigPlaces({ app: 'sotto' }, { home, cwd: home, env: {}, platform: 'linux' }).map(
    ({ path }) => path,
  );
  expect(new Set(paths).size).toBe(paths.length);
});

it('stands on this machine unless told otherwise', () => {
  const cwd = process.cwd();
  expect(findConfigPlaces({ app: 'acme' }).map(({ path }) => path)).toContain(
    join(cwd, '.acme', 'telemetry.json'),
  );
});

it.each([[{ app: 'Acme' }], [{ app: '../etc' }], [{}], [undefined], [null]])(
  'has no places for the options %j, which are a mistake that is reported elsewhere',
  (options) => {
    expect(findConfigPlaces(options as unknown as TelemetryOptions)).toEqual([]);
  },
);

it.each(['acme.json', '/etc/acme.yaml', '', 7])('has no place for the config file %j', (configFile) => {
  const options = { configFile } as unknown as Partial<TelemetryOptions>;
  expect(shownOf({ home: '/home/ada' }, 'app', options)).toEqual([]);
});

describe('the file of the app', () => {
  const UMBRELLA = { umbrellaFlag: true };

  it.each<[string, Standing, string]>([
    ['~/.config', { home: '/home/ada' }, '~/.config/acme/acme.json'],
    [
      'XDG_CONFIG_HOME',
      { home: '/home/ada', env: { XDG_CONFIG_HOME: '/home/ada/settings' } },
      '~/settings/acme/acme.json',
    ],
    [
      'the preferences of a Mac',
      { home: '/Users/ada', platform: 'darwin' },
      '~/Library/Preferences/acme/acme.json',
    ],
    [
      '%APPDATA%',
      { home: 'C:\\Users\\ada', platform: 'win32', env: { APPDATA: 'D:\\Roaming' } },
      join('D:\\Roaming\\acme\\Config', 'acme.json'),
    ],
  ])('is in %s where its flags count and no file is named', (_where, standing, shown) => {
    expect(shownOf(standing, 'app', UMBRELLA)).toEqual([shown]);
    expect(shownOf(standing, 'app', { umbrellaFlag: false })).toEqual([]);
    expect(shownOf(standing, 'app')).toEqual([]);
  });

  it('is the named one, and no other, where one is named', () => {
    const named = { ...UMBRELLA, configFile: '/opt/acme/studio.toml' };
    expect(shownOf({ home: '/home/ada' }, 'app', named)).toEqual(['/opt/acme/studio.toml']);
    expect(shownOf({ home: '' }, 'app', named)).toEqual(['/opt/acme/studio.toml']);
    expect(shownOf({ home: '/home/ada' }, 'app', { ...UMBRELLA, configFile: 'acme.json' })).toEqual([]);
  });

  it.each(['', 'home'])('is nowhere for the home directory %j', (home) => {
    expect(shownOf({ home }, 'app', UMBRELLA)).toEqual([]);
  });

  it.each([1, 'true', null])('is not looked for on the word of %j', (umbrellaFlag) => {
    const options = { umbrellaFlag } as unknown as Partial<TelemetryOptions>;
    expect(shownOf({ home: '/home/ada' }, 'app', options)).toEqual([]);
  });
});

describe('the project', () => {
  it('reaches up to the directory that holds .git', () => {
    const root = createDirectory();
    const cwd = join(root, 'outer', 'project', 'src', 'deep');
    mkdirSync(cwd, { recursive: true });
    mkdirSync(join(root, 'outer', 'project', '.git'));
    mkdirSync(join(root, 'outer', '.git'));
    const project = join(root, 'outer', 'project');
    expect(levelsOf({ home: '/home/ada', cwd })).toEqual([cwd, join(project, 'src'), project]);
  });

  it('knows a linked work tree by its file', () => {
    const root = createDirectory();
    const cwd = join(root, 'src');
    mkdirSync(cwd);
    writeFileSync(join(root, '.git'), 'gitdir: elsewhere');
    expect(levelsOf({ home: '/home/ada', cwd })).toEqual([cwd, root]);
  });

  it('reaches up to the home directory, also when that is reached by a link', () => {
    const root = realpathSync(createDirectory());
    const cwd = join(root, 'ada', 'notes');
    mkdirSync(cwd, { recursive: true });
    symlinkSync(join(root, 'ada'), join(root, 'home'));
    for (const home of [join(root, 'ada'), `${join(root, 'ada')}/`, join(root, 'home')]) {
      expect(levelsOf({ home, cwd })).toEqual([cwd, join(root, 'ada')]);
      expect(shownOf({ home, cwd }, 'project')[0]).toBe('~/notes/.acme/telemetry.json');
    }
  });

  it('reaches up to the root where there is neither', () => {
    expect(levelsOf({ home: '/home/ada', cwd: '/srv/none/such' })).toEqual([
      '/srv/none/such',
      '/srv/none',
      '/srv',
      '',
    ]);
  });

  it('ends after 32 levels', () => {
    expect(levelsOf({ home: '/home/ada', cwd: `/srv${'/x'.repeat(100)}` })).toHaveLength(32);
  });

  it('is nowhere when the working directory is gone', () => {
    expect(levelsOf({ home: '/home/ada', cwd: undefined })).toEqual([]);
  });
});

describe('the home directory', () => {
  it('may say elsewhere where settings are kept', () => {
    const env = { XDG_CONFIG_HOME: '/home/ada/settings' };
    expect(shownOf({ home: '/home/ada', env }, 'user')[0]).toBe('~/settings/acme/telemetry.json');
  });

  it.each(['', 'home'])('%j has no places', (home) => {
    expect(shownOf({ home }, 'user')).toEqual([]);
    expect(shownOf({ home }, 'marker')).toEqual([]);
  });

  it('is not written ~ where it is the root', () => {
    expect(shownOf({ home: '/' }, 'machine')[0]).toBe('/etc/acme/telemetry.json');
    expect(shownOf({ home: '/' }, 'marker')).toEqual(['/.acme-no-telemetry']);
  });

  it('is not taken for one whose name it starts with', () => {
    expect(shownOf({ home: '/home/ada', cwd: '/home/adam' }, 'project')[0]).toBe(
      '/home/adam/.acme/telemetry.json',
    );
  });
});

// In a process of its own: the permissions of one that runs cannot be taken back.
it.runIf(process.platform === 'linux')('throws nothing where Node itself forbids to look', () => {
  const directory = createDirectory();
  const program = join(directory, 'program.mts');
  const module = fileURLToPath(new URL('../../../src/settings/config-places.ts', import.meta.url));
  writeFileSync(
    program,
    `import { findConfigPlaces } from ${JSON.stringify(module)}; console.log(findConfigPlaces({ app: 'acme' })[0]?.path);`,
  );
  const isStable = process.allowedNodeEnvironmentFlags.has('--permission');
  const output = execFileSync(
    process.execPath,
    [
      isStable ? '--permission' : '--experimental-permission',
      `--allow-fs-read=${fileURLToPath(new URL('../../../', import.meta.url))}`,
      `--allow-fs-read=${program}`,
      // For the loader of TypeScript.
      `--allow-fs-write=${tmpdir()}/`,
      '--allow-child-process',
      '--allow-worker',
      '--import',
      pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
      program,
    ],
    { cwd: directory, encoding: 'utf8', stdio: 'pipe', timeout: 10_000 },
  );
  expect(output.trim()).toBe(join(directory, '.acme', 'telemetry.json'));
});
