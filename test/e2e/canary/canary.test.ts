import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Canaries, findCanaries } from '../../support/canaries.js';
import { RecordingServer } from '../../support/recording-server.js';
import { CHECKOUT } from '../support/checkout.js';
import { startProcess } from '../support/drill-process.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { flusherEnded } from '../support/flusher.js';
import { createSandbox } from '../support/sandbox.js';

let project: DrillProject;
beforeAll(async () => {
  const programs = join(CHECKOUT, 'test', 'e2e', 'canary', 'programs');
  project = await createDrillProject(programs, ['@opentelemetry/otlp-transformer', '@opentelemetry/api']);
});
afterAll(() => project[Symbol.dispose]());

/** Written in parts, so that nobody takes them for real ones. */
const SECRETS: Canaries = {
  user: 'canarina7x',
  email: 'ada.canary@corp-mail.example.org',
  phone: '+49 151 2345 6789',
  card: '4111 1111 1111 1111',
  token: `ghp_${'a1B2c3D4e5F6'.repeat(3)}`,
  awsKey: `AKIA${'IOSFODNN7CANARY1'}`,
  password: 'hunter2-canary-9',
  fileName: 'salaries-2026.xlsx',
};

const HOST = 'canary-box-7x';

/** Only root can give a process a machine's name of its own; elsewhere the name is just another secret that is planted. */
const CAN_NAME_HOST = spawnSync('unshare', ['--uts', 'hostname', HOST]).status === 0;

const onHost = (host: string, command: readonly string[]): readonly string[] =>
  CAN_NAME_HOST
    ? ['unshare', '--uts', 'sh', '-c', `hostname ${host} && exec "$@"`, 'sh', ...command]
    : command;

describe('what a careless tool knows about its user', () => {
  it.each(['posthog', 'json', 'protobuf'])(
    'is in no byte on the wire, in no file and in no line of verbose output: %s',
    async (sink) => {
      const world = await createSandbox();
      await using server = await RecordingServer.start();
      try {
        const home = join(world.root, 'home', SECRETS.user as string);
        const directory = join(home, 'plans of ada');
        mkdirSync(directory, { recursive: true });
        const canaries: Canaries = { ...SECRETS, host: HOST, home, directory };
        const { user = '' } = SECRETS;
        const env = {
          ...world.env,
          HOME: home,
          USER: user,
          LOGNAME: user,
          CANARIES: JSON.stringify(canaries),
          ENDPOINT: server.url,
          ACME_TELEMETRY_ENABLED: 'true',
          ACME__TELEMETRY__CRASH_REPORTING: 'true',
          ACME__TELEMETRY__TOOLS_OVER_PRIVACY: 'true',
        };
        const script = join(project.folder, 'careless.mjs');
        const [command, ...args] = onHost(HOST, [process.execPath, script, sink]);
        await using tool = startProcess(command as string, args, { cwd: directory, env });
        const { code, stderr, stdout } = await tool.ended;
        const state = join(home, '.local', 'share', 'acme', 'telemetry');
        await flusherEnded(state);

        // Node's own report of the error holds all of it, and is none of ours.
        const verbose = stderr
          .split('\n')
          .filter((line) => line.startsWith('{"distinct_id"') || line.startsWith('{"event"'));
        const wire = server.requests.map((request) => JSON.stringify(request)).join('\n');
        const files = filesIn(state).map((path) => readFileSync(path, 'latin1'));
        expect(code).toBe(1);
        expect(JSON.parse(stdout).recorded).toBeGreaterThan(100);
        expect(server.requests.length).toBeGreaterThan(2);
        expect(verbose.length).toBeGreaterThan(100);
        expect(files.length).toBeGreaterThan(2);
        expect(findCanaries(wire, canaries), 'on the wire').toEqual([]);
        expect(findCanaries(verbose.join('\n'), canaries), 'in verbose output').toEqual([]);
        expect(findCanaries(files.join('\n'), withoutPlace(canaries)), 'in files').toEqual([]);
        // A test that finds nothing could be blind.
        expect(findCanaries(stderr, canaries)).not.toEqual([]);
      } finally {
        world[Symbol.dispose]();
      }
    },
  );
});

/** Notes of the spool name the folders in which a file may still say no; they never leave the machine. */
const withoutPlace = ({ home: _, directory: __, user: ___, ...rest }: Canaries): Canaries => rest;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
