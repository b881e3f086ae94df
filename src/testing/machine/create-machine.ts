import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataDirectory } from '../../internal/index.js';
import { variablePrefix } from '../../settings/index.js';
import type { Machine, MachineNames } from './contract.js';
import { takeSnapshot } from './snapshot.js';
import { writeInto } from './write-into.js';

/** Nobody in particular. */
const NAMES: MachineNames = { user: 'person', host: 'machine', directory: 'project' };

/** What programs, and the shims of version managers that stand for them, need to start. */
const NEEDED = [
  'PATH',
  'NODE_OPTIONS',
  'LD_LIBRARY_PATH',
  'VOLTA_HOME',
  'NVM_DIR',
  'FNM_DIR',
  'ASDF_DATA_DIR',
  'MISE_DATA_DIR',
  'PYENV_ROOT',
  'RUSTUP_HOME',
  'JAVA_HOME',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
];

/** Make a machine in the directory for temporary files. Whoever made it throws it away. */
export async function createMachine({
  app,
  names = NAMES,
}: {
  readonly app: string;
  readonly names?: MachineNames;
}): Promise<Machine> {
  // By its one name: programs tell theirs with all links resolved.
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'sotto-machine-')));
  const root = join(base, 'root');
  const [home, tmp] = [join(root, 'home', names.user), join(root, 'tmp')];
  const cwd = join(home, names.directory);
  // Programs may run as somebody else, who has to get here.
  chmodSync(base, 0o755);
  mkdirSync(tmp, { recursive: true });
  furnish(home, cwd);
  const env = environmentOf(names, home, tmp);
  return {
    app,
    prefix: variablePrefix(app),
    root,
    home,
    cwd,
    stateDirectory: stateDirectoryOf(app, home, env),
    env,
    snapshot: () => takeSnapshot(root),
    async [Symbol.asyncDispose]() {
      // A home may have been made read-only, and a program that was killed may still be letting go of its files.
      rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

/** What stands in a home and a project before anything has run. */
function furnish(home: string, cwd: string): void {
  writeInto(join(home, '.profile'), 'umask 022\n');
  writeInto(join(home, '.config', 'editor', 'settings.json'), '{"theme":"dark"}\n');
  mkdirSync(join(home, '.local', 'share'), { recursive: true });
  writeInto(join(cwd, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  writeInto(join(cwd, '.git', 'config'), '[core]\n\trepositoryformatversion = 0\n');
  mkdirSync(join(cwd, '.git', 'objects'));
  mkdirSync(join(cwd, '.git', 'refs'));
  writeInto(join(cwd, 'poem.txt'), 'roses are red\nviolets are blue\n');
}

function environmentOf({ user, host }: MachineNames, home: string, tmp: string): Record<string, string> {
  const needed = NEEDED.flatMap((name) => {
    const text = process.env[name];
    return text === undefined ? [] : [[name, text]];
  });
  const places =
    process.platform === 'win32'
      ? {
          USERPROFILE: home,
          APPDATA: join(home, 'AppData', 'Roaming'),
          LOCALAPPDATA: join(home, 'AppData', 'Local'),
          USERNAME: user,
          COMPUTERNAME: host,
          TEMP: tmp,
          TMP: tmp,
        }
      : { USER: user, LOGNAME: user, HOSTNAME: host, TMPDIR: tmp, LANG: 'C.UTF-8' };
  return { ...Object.fromEntries(needed), HOME: home, ...places };
}

function stateDirectoryOf(app: string, home: string, env: Readonly<Record<string, string>>): string {
  const data = dataDirectory(app, { platform: process.platform, home, env });
  // A home that we made is an absolute path, so that there is always one.
  return join(data ?? home, 'telemetry');
}
