import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CreateTelemetryOptions, createTelemetry, type FlagDeclarations, type Telemetry } from 'sotto';
import { RecordingServer } from './recording-server.js';

export interface Wiring<Declared extends FlagDeclarations = FlagDeclarations> extends AsyncDisposable {
  readonly server: RecordingServer;
  readonly telemetry: Telemetry<Declared>;
  /** The state directory; it does not exist before telemetry makes it. */
  readonly directory: string;
}

/** An app that no other test has: there is one client per app and process. */
export function uniqueApp(): string {
  return `app-${randomUUID().slice(0, 8)}`;
}

/** What the variables of an app start with. */
export function prefixOf(app: string): string {
  return app.toUpperCase().replaceAll('-', '_');
}

/** An empty directory that is removed with everything in it. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'sotto-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Take the variables away that make a test, a CI machine or an agent known. @returns what gives them back */
export function hideSurroundings(): () => void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (!/^(PATH|HOME|TMP)/.test(name)) delete process.env[name];
  return () => void Object.assign(process.env, before);
}

/**
 * A real client and a real server on loopback. The client has consent and a key, sends when it is told to, and ends with
 * the test; `options` win. A test is an environment where nobody can agree, so the yes is said in a variable, unless
 * `consent` says that the person decides.
 */
export async function openWiring<const Declared extends FlagDeclarations = FlagDeclarations>(
  options: Partial<CreateTelemetryOptions<Declared>> = {},
): Promise<Wiring<Declared>> {
  const server = await RecordingServer.start();
  const temporary = await temporaryDirectory();
  const directory = join(temporary.path, 'state');
  const app = options.app ?? uniqueApp();
  const variable = `${prefixOf(app)}_TELEMETRY_ENABLED`;
  const isOurs = (options.consent ?? 'given') === 'given' && process.env[variable] === undefined;
  if (isOurs) process.env[variable] = 'true';
  const telemetry = createTelemetry<Declared>({
    app,
    consent: 'given',
    ...options,
    posthog: { key: 'phc_wiring', host: server.url, ...options.posthog },
    delivery: { batchSize: 1_000, batchIntervalMs: 3_600_000, maxAttempts: 1, ...options.delivery },
    store: { directory, ...options.store },
  });
  return {
    server,
    telemetry,
    directory,
    async [Symbol.asyncDispose]() {
      await telemetry.shutdown();
      if (isOurs) delete process.env[variable];
      await server.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}
