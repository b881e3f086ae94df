import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read } from '../../../scripts/documents.js';
import * as sdk from '../../../src/index.js';
import * as otlp from '../../../src/otlp/index.js';
import * as server from '../../../src/server/index.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe.each(DOCUMENTS)('%s', (path) => {
  const text = read(path);

  it('links only to files and headings that exist', () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)];
    const broken = targets.filter(([, file = '', heading]) => {
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(ROOT, target))) return true;
      return heading !== undefined && !headingsOf(read(target)).includes(heading);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('speaks only of scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script ?? ''))).toEqual([]);
  });

  it('calls only methods that a client has', () => {
    const telemetry = sdk.getTelemetryClient('docs-test');
    const named = [...text.matchAll(/\btelemetry\.([a-zA-Z]+)\(/g)].map(([, method]) => method ?? '');
    expect(named.filter((method) => !(method in telemetry))).toEqual([]);
  });

  it('imports only names that the package exports', () => {
    const exported = { sotto: sdk, 'sotto/otlp': otlp, 'sotto/server': server };
    const imports = [...text.matchAll(/import \{([^}]*)\} from '(sotto(?:\/(?:otlp|server))?)'/g)];
    const missing = imports.flatMap(([, names = '', entry]) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '))
        .filter((name) => !(name in exported[entry as keyof typeof exported])),
    );
    expect(missing).toEqual([]);
  });

  it('calls nothing anonymous that can be linked', () => {
    expect(text).not.toMatch(/\banonymous/i);
  });
});

describe('docs/ARCHITECTURE.md', () => {
  it('has a row for every folder of src, and for no other', () => {
    const rows = [...read('docs/ARCHITECTURE.md').matchAll(/^\| `src\/([\w-]+)\/` \|/gm)].map(
      ([, name]) => name,
    );
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(rows.sort()).toEqual(folders.sort());
  });
});

/** Headings as links name them. */
function headingsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) =>
      `#${heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-')}`,
  );
}
