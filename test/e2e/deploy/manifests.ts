import { join } from 'node:path';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import { parseAllDocuments } from 'yaml';
import { CHECKOUT } from '../support/checkout.js';
import { runTool } from '../support/program.js';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What `kubectl apply --kustomize` would send to a cluster. */
export async function renderOverlay(name: string): Promise<readonly Manifest[]> {
  const folder = join(CHECKOUT, 'deploy', 'kubernetes', 'overlays', name);
  const text = await runTool('kubectl', ['kustomize', folder], { cwd: CHECKOUT, env: process.env });
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

export const ofKind = <T>(manifests: readonly Manifest[], kind: string): readonly (Manifest & T)[] =>
  manifests.filter((manifest) => manifest.kind === kind) as (Manifest & T)[];

export const deploymentsOf = (manifests: readonly Manifest[]) => ofKind<IDeployment>(manifests, 'Deployment');

export const podOf = (deployment: IDeployment) => deployment.spec?.template.spec ?? { containers: [] };

interface Model {
  readonly prototype: { validate(): void };
}

/**
 * What Kubernetes' own schemas find wrong. They let members pass that they do not know, such as one that is misspelt: those are found by
 * what nobody looks at while the object is checked.
 */
export async function problemsOf(manifest: Manifest): Promise<readonly string[]> {
  const { apiVersion, kind } = manifest;
  const module = (await import(/* @vite-ignore */ `kubernetes-models/${apiVersion}/${kind}`)) as Record<
    string,
    Model
  >;
  const unread = new Set<string>();
  try {
    module[kind]?.prototype.validate.call(watch(manifest, kind, unread));
  } catch (error) {
    return [String(error)];
  }
  return [...unread].map((path) => `${path} is unknown`);
}

/** @param unread - the paths of members, until they are read */
function watch<T extends object>(value: T, path: string, unread: Set<string>): T {
  const pathOf = (key: PropertyKey) => `${path}.${String(key)}`;
  for (const key of Object.keys(value)) unread.add(pathOf(key));
  const watched = new Map<PropertyKey, unknown>();
  return new Proxy(value, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return member;
      unread.delete(pathOf(key));
      if (typeof member !== 'object' || member === null) return member;
      if (!watched.has(key)) watched.set(key, watch(member, pathOf(key), unread));
      return watched.get(key);
    },
  });
}
