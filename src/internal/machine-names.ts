import { homedir, hostname, userInfo } from 'node:os';
import { quietly } from './quietly.js';

/** What this machine and its user are called, and where they work. Absent where the system does not say. */
export interface MachineNames {
  /** The account that the process runs under, and those that its environment names: who called `sudo`, for one. */
  readonly users: readonly string[];
  readonly host: string | undefined;
  /** The home directory. */
  readonly home: string | undefined;
  /** The directory that was the working one when this was first asked for. */
  readonly workingDirectory: string | undefined;
}

/** Where systems and shells say who is there. They name people, and are no settings of telemetry. */
const USER_VARIABLES = ['USER', 'LOGNAME', 'USERNAME', 'SUDO_USER', 'DOAS_USER'] as const;

let known: MachineNames | undefined;

/** The names of this machine, read once, at the first call. Never throws. */
export function machineNames(): MachineNames {
  known ??= readMachineNames(process.env);
  return known;
}

export function readMachineNames(env: Readonly<Record<string, string | undefined>>): MachineNames {
  const users = [tryRead(() => userInfo().username), ...USER_VARIABLES.map((name) => env[name])];
  return {
    users: [...new Set(users)].filter((name): name is string => name !== undefined && name !== ''),
    host: tryRead(hostname),
    home: tryRead(homedir),
    workingDirectory: tryRead(() => process.cwd()),
  };
}

/** A user without an entry, a home that is unset, a folder that was deleted: all of these throw. */
function tryRead(read: () => string): string | undefined {
  return quietly(read) || undefined;
}
