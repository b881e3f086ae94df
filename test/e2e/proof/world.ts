import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Snapshot, takeSnapshot, writeInto } from '../../../src/testing/machine/index.js';
import { type DnsStub, startDnsStub } from './dns-stub.js';
import { type Outside, startOutside } from './outside.js';

export { writeInto };

/** A machine with one person on it, all of which is looked at: their files, the name server, the network. */
export interface World extends AsyncDisposable {
  /** A name that no other world has: policies of an app stand outside of every home. */
  readonly app: string;
  /** What the app's variables start with. */
  readonly prefix: string;
  /** Everything that a program could change. */
  readonly root: string;
  /** Where those who watch write: no part of what they look at. */
  readonly notes: string;
  readonly home: string;
  /** Where the program is started: a project two levels below {@link project}, which is under version control. */
  readonly cwd: string;
  readonly project: string;
  readonly dns: DnsStub;
  readonly outside: Outside;
  /** The whole environment of a program. No variable of this process is in it, but `PATH`. */
  readonly env: Readonly<Record<string, string>>;
  /** What the maker wrote in code. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What stands below {@link root} now. */
  snapshot(): Snapshot;
}

export async function createWorld(): Promise<World> {
  const app = `sample-${randomBytes(4).toString('hex')}`;
  const base = mkdtempSync(join(tmpdir(), 'sotto-world-'));
  const [root, notes] = [join(base, 'root'), join(base, 'notes')];
  const [home, project, tmp] = [join(root, 'home'), join(root, 'project'), join(root, 'tmp')];
  const cwd = join(project, 'packages', 'words');
  // Programs may run as somebody else, who has to get here.
  chmodSync(base, 0o755);
  writeInto(join(home, '.profile'), 'umask 022\n');
  writeInto(join(home, '.config', 'editor', 'settings.json'), '{"theme":"dark"}\n');
  writeInto(join(project, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  writeInto(join(cwd, 'poem.txt'), 'roses are red\nviolets are blue\n');
  mkdirSync(tmp);
  mkdirSync(notes);

  const [dns, outside] = await Promise.all([startDnsStub(), startOutside()]);
  const proxy = `http://127.0.0.1:${outside.port}`;
  return {
    app,
    prefix: app.toUpperCase().replaceAll('-', '_'),
    root,
    notes,
    home,
    cwd,
    project,
    dns,
    outside,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      TMPDIR: tmp,
      WITNESS_DNS: dns.address,
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      NODE_USE_ENV_PROXY: '1',
    },
    options: {
      app,
      posthog: {
        key: 'phc_proof',
        host: `http://telemetry.sotto.test:${outside.port}`,
        allowHttp: true,
      },
      // A run that is cut off from the network waits no longer than this for an answer that cannot come.
      delivery: { requestTimeoutMs: 2_000 },
    },
    snapshot: () => takeSnapshot(root),
    async [Symbol.asyncDispose]() {
      await Promise.all([dns[Symbol.asyncDispose](), outside[Symbol.asyncDispose]()]);
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Where the app keeps what it keeps for its user. */
export function stateDirectory({ home, app }: World): string {
  return join(home, '.local', 'share', app, 'telemetry');
}

export function consentPath(world: World): string {
  return join(stateDirectory(world), 'telemetry_config.json');
}

/** The user agreed at some time before, and the app has run since. */
export function agree(world: World, more: Readonly<Record<string, unknown>> = {}): void {
  const record = {
    telemetry_enabled: true,
    error_reporting_enabled: true,
    usage_analytics_enabled: true,
    crash_reporting_enabled: null,
    diagnostics_enabled: null,
    tools_over_privacy: null,
    dry_run: false,
    user_id: '5f0c8f0e-3f5c-4c5e-9a57-0c9f4d2f6a11',
    install_id: '0b0d6e0a-87a4-4f3b-8b62-7a3f5e4c9d22',
    consent_timestamp: '2026-01-02T03:04:05.678Z',
    opt_out_timestamp: null,
    notice_timestamp: null,
    catalogue_version: null,
    ...more,
  };
  writeInto(consentPath(world), `${JSON.stringify(record, null, 2)}\n`);
  writeInto(join(stateDirectory(world), 'secret'), randomBytes(32));
  writeInto(join(stateDirectory(world), 'flags.json'), '{}');
}
