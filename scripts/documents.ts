import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsSection, questionSection } from './command-line-sections.js';
import { conversionsSection } from './conversions-section.js';
import { outputOf, sourceOf } from './example-sections.js';
import { fill, type Section } from './fill.js';
import { localApiSection } from './local-api-section.js';
import { codeBlock } from './markdown.js';
import { servicesSection } from './services-section.js';
import { settingsSection } from './settings-section.js';

const ROOT = join(import.meta.dirname, '..');

const SECTIONS: ReadonlyMap<string, Section> = new Map([
  ['settings', settingsSection],
  ['conversions', conversionsSection],
  ['the question', questionSection],
  ['the commands', commandsSection],
  ['the local API', localApiSection],
  ['the variables of the services', servicesSection],
  ...[
    'quickstart.ts',
    'support/acme-telemetry.ts',
    'ask-for-consent.ts',
    'define-an-event.ts',
    'plain-javascript.mjs',
    'flag-with-default.ts',
    'session.ts',
    'testing-your-app.ts',
    'track.ts',
    'errors-and-crashes.ts',
    'send-otlp.ts',
    'receive-events.ts',
    'local-api.ts',
    'organisation-switch.ts',
  ].flatMap(exampleSections),
]);

/** Source and output of an example, under `examples/NAME` and `output of examples/NAME`. */
function exampleSections(name: string): [string, Section][] {
  const language = name.endsWith('.ts') ? 'ts' : 'js';
  return [
    [`examples/${name}`, () => codeBlock(language, sourceOf(name))],
    [`output of examples/${name}`, () => codeBlock('text', outputOf(name))],
  ];
}

/** A file that is wholly or partly computed. */
export interface GeneratedFile {
  /** Relative to the package. */
  readonly path: string;
  /** What it has to hold. */
  readonly expected: () => string;
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** In the order in which they depend on each other: the documents show the version. */
export const GENERATED_FILES: readonly GeneratedFile[] = [
  { path: 'src/internal/version.ts', expected: () => withVersion(read('src/internal/version.ts')) },
  ...['README.md', 'docs/local-api.md', 'docs/services.md'].map((path) => ({
    path,
    expected: () => fill(read(path), SECTIONS),
  })),
];

function withVersion(source: string): string {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  return source.replace(/(LIBRARY_VERSION = ')[^']*/, `$1${version}`);
}
