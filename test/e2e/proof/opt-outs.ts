import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from './observe.js';
import { agree, consentPath, type World, writeInto } from './world.js';

export interface OptOut extends Scene {
  /** What `status().why` has to name. */
  readonly layer: string;
}

const NO = '{"disable_telemetry": true}\n';
const NO_TOML = 'disable_telemetry = true\n';

const variable = (
  layer: string,
  variables: (prefix: string) => Readonly<Record<string, string>>,
): OptOut => ({ layer, inWorld: ({ prefix }) => ({ env: variables(prefix) }) });

const file = (layer: string, path: (world: World) => string, content = NO): OptOut => ({
  layer,
  prepare: (world) => writeInto(path(world), content),
});

const policy = (name: string, content: string): OptOut => ({
  layer: 'machine_policy',
  prepare: ({ app }) => writeInto(join('/etc', app, name), content),
  restore: ({ app }) => rmSync(join('/etc', app), { recursive: true, force: true }),
});

const brokenConsent = (content: string | Uint8Array): OptOut => ({
  layer: 'consent_file_unreadable',
  prepare: (world) => writeInto(consentPath(world), content),
});

const surroundings = (layer: string, env: Readonly<Record<string, string>>): OptOut => ({ layer, env });

const isRoot = process.getuid?.() === 0;

/** Every way to say no. */
export const OPT_OUTS: Readonly<Record<string, OptOut>> = {
  'DISABLE_TELEMETRY=1': variable('disable_variable', () => ({ DISABLE_TELEMETRY: '1' })),
  '<APP>_DISABLE_TELEMETRY=yes': variable('disable_variable', (app) => ({
    [`${app}_DISABLE_TELEMETRY`]: 'yes',
  })),
  '<APP>__TELEMETRY__DISABLE_TELEMETRY=true': variable('disable_variable', (app) => ({
    [`${app}__TELEMETRY__DISABLE_TELEMETRY`]: 'true',
  })),
  'DISABLE_TELEMETRY=garbage': variable('disable_variable', () => ({ DISABLE_TELEMETRY: 'garbage' })),
  'DO_NOT_TRACK=1': variable('do_not_track', () => ({ DO_NOT_TRACK: '1' })),
  '<APP>_TELEMETRY_ENABLED=false': variable('enabled_variable', (app) => ({
    [`${app}_TELEMETRY_ENABLED`]: 'false',
  })),
  'an off beside a yes in the environment': variable('disable_variable', (app) => ({
    [`${app}_TELEMETRY_ENABLED`]: 'true',
    DISABLE_TELEMETRY: 'on',
  })),
  'an off in .env': file('disable_variable', ({ cwd }) => join(cwd, '.env'), 'DISABLE_TELEMETRY=1\n'),
  '--disable-telemetry': { layer: 'run_flag', ownArgs: ['--disable-telemetry'] },
  ...(isRoot && {
    'a policy of the machine, JSON': policy('telemetry.json', NO),
    'a policy of the machine, TOML': policy('telemetry.toml', NO_TOML),
    'a policy of the machine that cannot be read': {
      ...policy('telemetry.json', '{'),
      layer: 'file_unreadable',
    },
  }),
  'a policy of the project, in the working directory': file('project_policy', ({ cwd, app }) =>
    join(cwd, `.${app}`, 'telemetry.json'),
  ),
  'a policy of the project, at its top': file(
    'project_policy',
    ({ project }) => join(project, '.sotto', 'telemetry.toml'),
    NO_TOML,
  ),
  'settings of the user, JSON': file(
    'user_config',
    ({ home, app }) => join(home, '.config', app, 'telemetry.json'),
    '{"telemetry_enabled": false}\n',
  ),
  'settings of the user, TOML': file(
    'user_config',
    ({ home, app }) => join(home, '.config', app, 'telemetry.toml'),
    'telemetry_enabled = false\n',
  ),
  'settings of the user for every app': file('user_config', ({ home }) =>
    join(home, '.config', 'sotto', 'telemetry.json'),
  ),
  'settings of the user that cannot be read': file(
    'file_unreadable',
    ({ home, app }) => join(home, '.config', app, 'telemetry.toml'),
    'disable_telemetry = \n',
  ),
  'a marker file': file('marker_file', ({ home, app }) => join(home, `.${app}-no-telemetry`), ''),
  'a marker that is a directory': {
    layer: 'marker_file',
    prepare: ({ home, app }) => void mkdirSync(join(home, `.${app}-no-telemetry`)),
  },
  "the block of the app's own settings": {
    layer: 'app_config',
    prepare: ({ home, app }) =>
      writeInto(join(home, `.${app}.json`), '{"color": true, "telemetry": {"telemetry_enabled": false}}\n'),
    inWorld: ({ home, app }) => ({ options: { configFile: join(home, `.${app}.json`) } }),
  },
  'an off in code': { layer: 'enabled_option', options: { enabled: false } },
  'a stored no': {
    layer: 'consent_file',
    prepare: (world) =>
      agree(world, { telemetry_enabled: false, opt_out_timestamp: '2026-02-03T04:05:06.789Z' }),
  },
  'a consent file cut off in the middle': brokenConsent('{"telemetry_enabled": tru'),
  'a consent file with a word for a boolean': brokenConsent('{"telemetry_enabled": "true"}\n'),
  'a consent file that is empty': brokenConsent(''),
  'a consent file of 1 MB': brokenConsent(`{"telemetry_enabled": true}${' '.repeat(1_000_000)}`),
  'a consent file in UTF-16': brokenConsent(Buffer.from('\ufeff{"telemetry_enabled": true}', 'utf16le')),
  'a consent file that is a directory': {
    layer: 'consent_file_unreadable',
    prepare: (world) => {
      rmSync(consentPath(world), { force: true });
      mkdirSync(consentPath(world), { recursive: true });
    },
  },
  'a consent file that leads elsewhere': {
    layer: 'consent_file_unreadable',
    prepare: (world) => {
      agree(world);
      rmSync(consentPath(world));
      writeInto(join(world.root, 'elsewhere.json'), '{"telemetry_enabled": true}\n');
      symlinkSync(join(world.root, 'elsewhere.json'), consentPath(world));
    },
  },
  'CI=true': surroundings('ci', { CI: 'true' }),
  'GITHUB_ACTIONS=true': surroundings('ci', { GITHUB_ACTIONS: 'true' }),
  'NODE_ENV=test': surroundings('test_environment', { NODE_ENV: 'test' }),
  'ENVIRONMENT=Dev': surroundings('test_environment', { ENVIRONMENT: 'Dev' }),
  'a coding agent': surroundings('agent', { CLAUDECODE: '1' }),
  'no key': { layer: 'no_key', options: { posthog: { key: '' } } },
  'an address nobody can use': variable('destination_invalid', (app) => ({
    [`${app}__TELEMETRY__POSTHOG_HOST`]: 'not an address',
  })),
  'an operator who agreed, and a user who did not': {
    layer: 'disable_variable',
    options: { consent: 'given' },
    env: { DISABLE_TELEMETRY: '1' },
  },
};

/** Nobody has said anything yet. */
export const UNDECIDED: Readonly<Record<string, OptOut>> = {
  'opt-in, and nobody was asked': { layer: 'not_asked' },
  'opt-out before its notice, where no notice can be shown': {
    layer: 'notice_pending',
    options: { consent: 'opt-out' },
  },
  'opt-in, and output for programs': { layer: 'not_asked', args: ['--json', 'poem.txt'] },
  'opt-in, and streams that are closed': {
    layer: 'not_asked',
    through: ['sh', '-c', 'exec "$@" <&- 2>&-', 'sh'],
  },
  'a run that fails': { layer: 'not_asked', args: ['no-such-file.txt'] },
  'a run that is a mistake': { layer: 'not_asked', args: [] },
};

const yes = (path: (world: World) => string, content: string): OptOut => ({
  layer: 'not_asked',
  prepare: (world) => writeInto(path(world), content),
});

const noAnswer = (more: Readonly<Record<string, unknown>>): OptOut => ({
  layer: 'not_asked',
  prepare: (world) => agree(world, { telemetry_enabled: null, ...more }),
});

/** What somebody might take for the person's yes, and is none. */
export const NO_YES: Readonly<Record<string, OptOut>> = {
  'a yes in code': { layer: 'not_asked', options: { enabled: true } },
  'a yes in the .env of a project': {
    layer: 'not_asked',
    prepare: ({ cwd, prefix }) => writeInto(join(cwd, '.env'), `${prefix}_TELEMETRY_ENABLED=true\n`),
  },
  'a yes of the project': yes(
    ({ cwd }) => join(cwd, '.sotto', 'telemetry.json'),
    '{"telemetry_enabled": true}\n',
  ),
  "a yes among the user's settings": yes(
    ({ home, app }) => join(home, '.config', app, 'telemetry.toml'),
    'telemetry_enabled = true\n',
  ),
  'a variable that says neither yes nor no': {
    layer: 'enabled_variable',
    inWorld: ({ prefix }) => ({ env: { [`${prefix}_TELEMETRY_ENABLED`]: 'sure' } }),
  },
  'ids from somewhere, and no answer': noAnswer({}),
  'a yes to one part, and no answer about the whole': noAnswer({ tools_over_privacy: true }),
  'a notice, where the maker asks': noAnswer({ notice_timestamp: '2026-01-02T03:04:05.678Z' }),
};
