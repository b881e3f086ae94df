import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TelemetryOptions } from 'sotto';
import { describe, expect, it } from 'vitest';
import { RecordingServer } from '../support/recording-server.js';
import { type ProgramResult, runProgram } from '../support/run-program.js';
import { temporaryDirectory } from '../support/wiring.js';
import type { Observation } from './programs/use-everything.js';

interface Case {
  readonly env?: Readonly<Record<string, string>>;
  /** Content of `.env` in the working directory. */
  readonly dotenv?: string;
  /** Content of `.acme/telemetry.json` in the working directory. */
  readonly policy?: string;
  readonly options?: Partial<TelemetryOptions>;
  /** What `status().why` names. */
  readonly layer: string;
}

const KEY = { key: 'phc_e2e' };

const OFF: readonly (readonly [string, Case])[] = [
  ['DISABLE_TELEMETRY=1', { env: { DISABLE_TELEMETRY: '1' }, layer: 'disable_variable' }],
  ['ACME_DISABLE_TELEMETRY=1', { env: { ACME_DISABLE_TELEMETRY: '1' }, layer: 'disable_variable' }],
  ['DO_NOT_TRACK=1', { env: { DO_NOT_TRACK: '1' }, layer: 'do_not_track' }],
  ['ACME_TELEMETRY_ENABLED=false', { env: { ACME_TELEMETRY_ENABLED: 'false' }, layer: 'enabled_variable' }],
  ['an off in .env', { dotenv: 'DISABLE_TELEMETRY=1\n', layer: 'disable_variable' }],
  ['--disable-telemetry', { options: { runFlag: '--disable-telemetry' }, layer: 'run_flag' }],
  ['CI', { env: { CI: 'true' }, layer: 'ci' }],
  ['a test environment', { env: { ENVIRONMENT: 'test' }, layer: 'test_environment' }],
  ['a coding agent', { env: { CLAUDECODE: '1' }, layer: 'agent' }],
  ['a policy of the project', { policy: '{"disable_telemetry": true}', layer: 'project_policy' }],
  ['an off in code', { options: { enabled: false }, layer: 'enabled_option' }],
  ['a flag that is not on', { options: { umbrellaFlag: true }, layer: 'umbrella_flag' }],
  ['no key', { options: { posthog: { key: '' } }, layer: 'no_key' }],
  ['opt-in without a yes', { options: { consent: 'opt-in' }, layer: 'not_asked' }],
  ['opt-out before its notice', { options: { consent: 'opt-out' }, layer: 'notice_pending' }],
];

interface Aftermath {
  readonly result: ProgramResult;
  readonly observation: Observation;
  readonly imports: string;
  /** Everything in the home directory and, apart from what says no, in the working directory. */
  readonly files: readonly string[];
  readonly requests: readonly unknown[];
}

/** Run the program with an empty home directory, and look at what is there when it has ended. */
async function observe({ env, dotenv, policy, options }: Omit<Case, 'layer'>): Promise<Aftermath> {
  await using temporary = await temporaryDirectory();
  await using server = await RecordingServer.start();
  const [home, cwd] = [join(temporary.path, 'home'), join(temporary.path, 'cwd')];
  const [report, log] = [join(temporary.path, 'report.json'), join(temporary.path, 'imports.log')];
  await mkdir(home);
  await mkdir(cwd);
  if (dotenv !== undefined) await writeFile(join(cwd, '.env'), dotenv);
  if (policy !== undefined) {
    await mkdir(join(cwd, '.acme'));
    await writeFile(join(cwd, '.acme', 'telemetry.json'), policy);
  }

  const { posthog, ...others } = options ?? {};
  const all = { app: 'acme', consent: 'given', posthog: { ...KEY, host: server.url, ...posthog }, ...others };
  const result = await runProgram(new URL('./programs/use-everything.ts', import.meta.url), {
    arguments: [report, JSON.stringify(all)],
    imports: [new URL('./programs/log-imports.mjs', import.meta.url)],
    cwd,
    env: {
      HOME: home,
      USERPROFILE: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_DATA_HOME: join(home, 'data'),
      XDG_STATE_HOME: join(home, 'state'),
      XDG_CACHE_HOME: join(home, 'cache'),
      IMPORT_LOG: log,
      ...env,
    },
  });
  return {
    result,
    observation: JSON.parse(await readFile(report, 'utf8')) as Observation,
    imports: await readFile(log, 'utf8'),
    files: [...(await readdir(home)), ...(await readdir(cwd))].filter(
      (name) => name !== '.env' && name !== '.acme',
    ),
    requests: server.requests,
  };
}

describe('off means off', () => {
  it.each(OFF)(
    '%s: no request, no file, no handle, no listener, no network library, no word',
    async (_, off) => {
      const { result, observation, imports, files, requests } = await observe(off);
      expect(result).toEqual({ code: 7, signal: null, stdout: '', stderr: '' });
      expect(requests).toEqual([]);
      expect(files).toEqual([]);
      expect(observation).toMatchObject({
        enabled: false,
        layer: off.layer,
        newResources: [],
        newListeners: [],
      });
      expect(observation.sessionId).toBeUndefined();
      expect(imports).toContain('/src/index.ts');
      for (const loaded of [imports, ...observation.required]) expect(loaded).not.toContain('posthog-node');
    },
  );

  it('is seen by eyes that would see it: with a yes the same program leaves all these traces', async () => {
    const { result, observation, imports, files, requests } = await observe({
      env: { ACME_TELEMETRY_ENABLED: 'true' },
      options: { consent: 'opt-in' },
    });
    expect(result).toEqual({ code: 7, signal: null, stdout: '', stderr: '' });
    expect(requests.length).toBeGreaterThan(1);
    expect(files).not.toEqual([]);
    expect(observation).toMatchObject({ enabled: true, layer: 'enabled_variable' });
    expect(observation.newResources).not.toEqual([]);
    expect(observation.newListeners).not.toEqual([]);
    expect(imports).toContain('posthog-node');
  });
});
