import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import {
  type BundleFile,
  type BundleOptions,
  type WrittenBundle,
  writeBundle,
} from '../../../../src/store/index.js';

export const NOW = Date.UTC(2026, 10, 21, 8, 30, 0, 123);
export const NAME = /^acme-diagnostics-20261121_083000-[0-9a-f]{8}\.zip$/;

/** The three files of a bundle, with these texts. */
export const files = (texts: readonly Iterable<string>[] = [['{}'], ['{}'], ['[]']]): readonly BundleFile[] =>
  (['manifest.json', 'telemetry.json', 'crashes.json'] as const).map((name, at) => ({
    name,
    pieces: texts[at] ?? [],
  }));

export const write = (directory: string, more: Partial<BundleOptions> = {}): Promise<WrittenBundle> =>
  writeBundle({ app: 'acme', directory, files: files(), retentionDays: 30, now: () => NOW, ...more });

/** What another program finds in a bundle: texts by name, in the order of the zip. */
export function unpack(path: string): Record<string, string> {
  const entries = Object.entries(unzipSync(new Uint8Array(readFileSync(path))));
  return Object.fromEntries(entries.map(([name, bytes]) => [name, strFromU8(bytes)]));
}

export const bundlesIn = (directory: string): string[] => readdirSync(join(directory, 'diagnostics')).sort();
