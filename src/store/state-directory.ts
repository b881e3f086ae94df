import { homedir } from 'node:os';
import { join } from 'node:path';
import { dataDirectory } from '../internal/index.js';

/**
 * Where an app's telemetry keeps its files: what the settings say, otherwise `telemetry` in the app's data directory.
 *
 * @param app - lower case letters, digits, `-` and `_`
 * @param configured - an absolute path, or undefined
 * @param env - where `XDG_DATA_HOME` and `LOCALAPPDATA` are looked up: the platform's word on places, no settings of ours
 * @returns an absolute path, or undefined when the user has no home. Nothing is created, read or looked for on disk
 * @remarks Never throws: a process of a user without home and without `HOME` makes `homedir()` throw.
 */
export function resolveStateDirectory(
  app: string,
  configured: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  if (configured !== undefined) return configured;
  try {
    const directory = dataDirectory(app, { platform: process.platform, home: homedir(), env });
    return directory && join(directory, 'telemetry');
  } catch {
    return undefined;
  }
}
