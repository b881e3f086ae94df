import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IConfigMap, IService, IServiceAccount } from 'kubernetes-models/v1';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES, readServiceSettings } from '../../../src/settings/index.js';
import { SERVICE_VARIABLES } from '../../../src/settings/service/table.js';
import { CHECKOUT } from '../support/checkout.js';
import { deploymentsOf, type Manifest, ofKind, podOf, problemsOf, renderOverlay } from './manifests.js';

const OVERLAYS = ['telemetry', 'telemetry-off', 'vendor'] as const;
type Overlay = (typeof OVERLAYS)[number];

/** What holds a secret: it is told by a reference alone. */
const SECRET_VARIABLES = [
  'DATABASE_URL',
  'COLLECTOR_DATABASE_URL',
  'INGEST_API_KEYS',
  'RECEIPT_SIGNING_KEY',
  'INGEST_READ_KEY',
  'INGEST_STREAM',
  'INTERNAL_API_TOKEN',
  'VENDOR_LICENSE_KEY',
  'VENDOR_READ_KEY',
];
const VARIABLES: ReadonlySet<string> = new Set(
  Object.values(SERVICE_VARIABLES).map(({ variable }) => variable),
);

const rendered = new Map<Overlay, readonly Manifest[]>();
const overlay = (name: Overlay) => rendered.get(name) ?? [];
beforeAll(async () => {
  for (const name of OVERLAYS) rendered.set(name, await renderOverlay(name));
});

it('there is no other overlay', () => {
  const folder = join(CHECKOUT, 'deploy', 'kubernetes', 'overlays');
  expect(readdirSync(folder).sort()).toEqual([...OVERLAYS]);
});

it('a member that Kubernetes does not know is found', async () => {
  const [deployment] = deploymentsOf(overlay('telemetry'));
  const changed = structuredClone(deployment)!;
  podOf(changed).containers[0]!.securityContext = { readOnlyRootFileSystem: true } as object;
  expect(await problemsOf(changed)).toEqual([
    'Deployment.spec.template.spec.containers.0.securityContext.readOnlyRootFileSystem is unknown',
  ]);
});

describe.each(OVERLAYS)('the overlay %s', (name) => {
  it('is valid by the schemas of Kubernetes, and knows no other members', async () => {
    expect((await Promise.all(overlay(name).map(problemsOf))).flat()).toEqual([]);
  });

  it('stands in one namespace, and names nothing twice', () => {
    expect(new Set(overlay(name).map(({ metadata }) => metadata.namespace)).size).toBe(1);
    const names = overlay(name).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('holds no rights within Kubernetes, and hands out no token', () => {
    const kinds = overlay(name).map(({ kind }) => kind);
    expect(kinds.filter((kind) => /Role|Binding|Secret/.test(kind))).toEqual([]);
    for (const { automountServiceAccountToken } of ofKind<IServiceAccount>(overlay(name), 'ServiceAccount'))
      expect(automountServiceAccountToken).toBe(false);
    for (const deployment of deploymentsOf(overlay(name))) {
      const { automountServiceAccountToken, volumes = [] } = podOf(deployment);
      expect(automountServiceAccountToken).toBe(false);
      expect(volumes).toEqual([]);
    }
  });

  it('lets no container do more than it must', () => {
    for (const { pod, container } of containersOf(name)) {
      expect(pod.securityContext).toEqual({
        runAsNonRoot: true,
        runAsUser: 10_001,
        runAsGroup: 10_001,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect([pod.hostNetwork, pod.hostPID, pod.hostIPC, pod.initContainers]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      expect(Object.keys(container.resources?.limits ?? {}).sort()).toEqual(['cpu', 'memory']);
      expect(Object.keys(container.resources?.requests ?? {}).sort()).toEqual(['cpu', 'memory']);
    }
  });

  it('serves roles that there are, on the port that is probed', () => {
    for (const { container } of containersOf(name)) {
      const { args = [], ports, livenessProbe, readinessProbe, startupProbe } = container;
      expect(args).toEqual(['serve', '--roles', args[2], '--host', '0.0.0.0', '--port', '8000']);
      expect(ROLES).toEqual(expect.arrayContaining(args[2]?.split(',') ?? []));
      expect(container.command).toBeUndefined();
      expect(ports).toEqual([{ name: 'http', containerPort: 8000 }]);
      expect([livenessProbe, readinessProbe, startupProbe].map((probe) => probe?.httpGet)).toEqual([
        { path: '/health', port: 'http' },
        { path: '/ready', port: 'http' },
        { path: '/health', port: 'http' },
      ]);
      // A database that does not answer is found after five seconds: no reason to end a process that runs.
      for (const probe of [livenessProbe, readinessProbe, startupProbe])
        expect(probe?.timeoutSeconds).toBeGreaterThan(5);
    }
  });

  it('names images by a version', () => {
    for (const { container } of containersOf(name))
      expect(container.image).toMatch(/^registry\.example\.com\/acme\/sotto:\d+\.\d+\.\d+$/);
  });

  it('sets variables that there are, to values that they take, and secrets by reference alone', () => {
    const maps = ofKind<IConfigMap>(overlay(name), 'ConfigMap');
    for (const { data = {} } of maps) {
      expect(Object.keys(data).filter((variable) => !VARIABLES.has(variable))).toEqual([]);
      expect(Object.keys(data).filter((variable) => SECRET_VARIABLES.includes(variable))).toEqual([]);
      expect(() => readServiceSettings({ env: { HOME: '/', ...data } })).not.toThrow();
    }
    for (const { container } of containersOf(name)) {
      for (const { configMapRef, secretRef } of container.envFrom ?? []) {
        expect(secretRef).toBeUndefined();
        expect(maps.map(({ metadata }) => metadata.name)).toContain(configMapRef?.name);
      }
      for (const { name: variable, value, valueFrom } of container.env ?? []) {
        expect(SECRET_VARIABLES).toContain(variable);
        expect(VARIABLES).toContain(variable);
        expect(value).toBeUndefined();
        expect(Object.keys(valueFrom ?? {})).toEqual(['secretKeyRef']);
      }
    }
  });

  it('selects pods that there are', () => {
    const labels = deploymentsOf(overlay(name)).map(({ spec }) => spec?.template.metadata?.labels ?? {});
    const isOf = (selector: object | undefined) => (pod: object) =>
      Object.entries(selector ?? {}).every(([key, value]) => Reflect.get(pod, key) === value);
    const selected = (selector: object | undefined) => labels.filter(isOf(selector)).length;

    for (const { spec } of deploymentsOf(overlay(name))) expect(selected(spec?.selector.matchLabels)).toBe(1);
    for (const { spec } of ofKind<IService>(overlay(name), 'Service')) {
      expect(selected(spec?.selector)).toBe(1);
      expect(spec?.ports).toEqual([{ name: 'http', port: 8000, targetPort: 'http' }]);
      expect(spec?.type).toBeUndefined();
    }
    for (const { spec } of ofKind<IPodDisruptionBudget>(overlay(name), 'PodDisruptionBudget'))
      expect(selected(spec?.selector?.matchLabels)).toBe(1);
    for (const { spec } of ofKind<INetworkPolicy>(overlay(name), 'NetworkPolicy'))
      expect(selected(spec?.podSelector.matchLabels)).toBeGreaterThan(0);
  });
});

describe('telemetry that is off', () => {
  it('has the settings of organisations, and nothing that sends or is allowed to', () => {
    expect(namesOf('telemetry-off')).toEqual([
      'ConfigMap/telemetry',
      'Deployment/telemetry-settings',
      'Service/telemetry-settings',
    ]);
    expect(containersOf('telemetry-off').map(({ container }) => container.args?.[2])).toEqual(['orgs,web']);
    expect(JSON.stringify(overlay('telemetry-off'))).not.toMatch(/collector|VENDOR_|egress/i);
  });

  it('shows organisations that they are not counted', () => {
    expect(ofKind<IConfigMap>(overlay('telemetry-off'), 'ConfigMap')[0]?.data?.TELEMETRY_DEFAULT).toBe('off');
  });
});

describe('telemetry that is on', () => {
  it('adds the collector under the names that its guide uses, and changes nothing else', () => {
    expect(namesOf('telemetry')).toEqual([
      'ConfigMap/telemetry',
      'ConfigMap/telemetry-collector',
      'Deployment/telemetry-collector',
      'Deployment/telemetry-settings',
      'NetworkPolicy/telemetry-collector',
      'Service/telemetry-collector',
      'Service/telemetry-settings',
      'ServiceAccount/telemetry-collector',
    ]);
    const settings = (name: Overlay) =>
      deploymentsOf(overlay(name)).find(({ metadata }) => metadata.name === 'telemetry-settings');
    expect(settings('telemetry')).toEqual(settings('telemetry-off'));
  });

  it('lets the collector out to names, PostgreSQL and https of the world alone', () => {
    const { spec } = policyOf('telemetry');
    expect(spec?.podSelector).toEqual({ matchLabels: { app: 'telemetry-collector' } });
    expect(spec?.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(
      spec?.egress?.map(({ ports = [] }) => ports.map(({ protocol, port }) => `${protocol}/${port}`)),
    ).toEqual([['UDP/53', 'TCP/53'], ['TCP/5432'], ['TCP/443']]);
    for (const { to = [] } of spec?.egress ?? []) expect(to.length).toBeGreaterThan(0);
  });

  it('keeps the collector from the servers of the cluster, of the cloud and of private networks', () => {
    const [, , vendor] = policyOf('telemetry').spec?.egress ?? [];
    expect(
      vendor?.to?.every(({ podSelector, namespaceSelector }) => !podSelector && !namespaceSelector),
    ).toBe(true);
    const excepted = vendor?.to?.flatMap(({ ipBlock }) => ipBlock?.except ?? []);
    expect(excepted).toEqual([
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      // Where clouds hand out credentials.
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.168.0.0/16',
      'fc00::/7',
      'fe80::/10',
    ]);
  });

  it('answers the pods of its own namespace alone, on one port', () => {
    expect(policyOf('telemetry').spec?.ingress).toEqual([
      { from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 8000 }] },
    ]);
  });

  it('gives the collector all that it does not start without', () => {
    const [{ container } = { container: undefined }] = containersOf('telemetry').filter(
      ({ container: { args } }) => args?.[2] === 'collector',
    );
    const mapped = ofKind<IConfigMap>(overlay('telemetry'), 'ConfigMap').flatMap(({ data = {} }) =>
      Object.keys(data),
    );
    const given = [...mapped, ...(container?.env ?? []).map(({ name }) => name)];
    expect(given).toEqual(
      expect.arrayContaining([
        'DATABASE_URL',
        'VENDOR_SERVICE_URL',
        'VENDOR_LICENSE_KEY',
        'INTERNAL_API_TOKEN',
      ]),
    );
  });

  it('runs a program that knows nothing of Kubernetes', () => {
    const folder = join(CHECKOUT, 'src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.tsx?$/.test(file),
    );
    expect(files.length).toBeGreaterThan(300);
    const told = files.filter((file) =>
      /KUBERNETES_SERVICE|serviceaccount|kubernetes\.default/i.test(readFileSync(join(folder, file), 'utf8')),
    );
    expect(told).toEqual([]);
  });
});

describe('the vendor', () => {
  it('receives, reads and stores in processes of their own', () => {
    const roles = containersOf('vendor').map(({ container: { name, args } }) => [name, args?.[2]]);
    expect(Object.fromEntries(roles)).toEqual({
      vendor: 'vendor',
      dashboard: 'vendor,web',
      ingest: 'ingest',
      writer: 'writer',
    });
  });

  it('has the key for reading nowhere but behind the dashboard', () => {
    const readers = containersOf('vendor').filter(({ container: { env = [] } }) =>
      env.some(({ name }) => name === 'VENDOR_READ_KEY'),
    );
    expect(readers.map(({ container: { name } }) => name)).toEqual(['dashboard']);
  });

  it('lets nothing out to the world', () => {
    const { spec } = policyOf('vendor');
    const ports = spec?.egress?.flatMap(({ ports: named = [] }) => named.map(({ port }) => port));
    expect(ports).toEqual([53, 53, 5432, 4222]);
    const blocks = spec?.egress?.flatMap(({ to = [] }) => to.map(({ ipBlock }) => ipBlock?.cidr));
    expect(blocks).not.toContain('0.0.0.0/0');
    expect(blocks).not.toContain('::/0');
    const covered = deploymentsOf(overlay('vendor')).map(
      ({ spec: { template } = { template: {} } }) => template.metadata?.labels?.['app.kubernetes.io/part-of'],
    );
    expect(new Set(covered)).toEqual(new Set(Object.values(spec?.podSelector.matchLabels ?? {})));
  });

  it('scales what receives events, which says no number of its own', () => {
    const [autoscaler] = ofKind<IHorizontalPodAutoscaler>(overlay('vendor'), 'HorizontalPodAutoscaler');
    const { name } = autoscaler?.spec?.scaleTargetRef ?? { name: '' };
    const target = deploymentsOf(overlay('vendor')).find(({ metadata }) => metadata.name === name);
    expect(target).toBeDefined();
    expect(target?.spec?.replicas).toBeUndefined();
  });

  it('keeps one of each while nodes are emptied, of what has more than one', () => {
    const budgets = ofKind(overlay('vendor'), 'PodDisruptionBudget').map(({ metadata }) => metadata.name);
    const several = deploymentsOf(overlay('vendor')).filter(({ spec }) => spec?.replicas !== 1);
    expect(several.map(({ metadata }) => metadata.name).sort()).toEqual([...budgets].sort());
  });
});

function containersOf(name: Overlay) {
  return deploymentsOf(overlay(name)).flatMap((deployment) => {
    const pod = podOf(deployment);
    return pod.containers.map((container) => ({ pod, container }));
  });
}

const namesOf = (name: Overlay) =>
  overlay(name)
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    .sort();

function policyOf(name: Overlay): INetworkPolicy {
  const policies = ofKind<INetworkPolicy>(overlay(name), 'NetworkPolicy');
  expect(policies).toHaveLength(1);
  return policies[0] as INetworkPolicy;
}
