import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Plugin, type Rollup, transformWithEsbuild } from 'vite';

const SOURCE = resolve(import.meta.dirname, '../../src');

/**
 * What a start does not need: modules that stand in files of their own, with all that only they import. A program pays for `recording`
 * with its first event or question, for `scrubbing` with its first error or text, and one that stays off for neither. They export
 * functions only, each of which stands in the main entry as a short one that calls it.
 */
const MODULES = {
  recording: [
    'client/ask-for-consent.ts',
    'client/create-recorder.ts',
    'client/system-facts.ts',
    'client/track/express.ts',
    'client/track/fastify.ts',
    'client/track/hono.ts',
    'client/track/read-outcome.ts',
    'client/track/track.ts',
    'client/usage/instrument.ts',
    'consent/file/answers.ts',
    'consent/file/change-consent-file.ts',
    'consent/file/deny-in-place.ts',
    'consent/file/leftovers.ts',
    'delivery/otlp/connection.ts',
    'delivery/otlp/signal-of.ts',
    'delivery/posthog/connection.ts',
    'events/catalogue/compare-scopes.ts',
    'events/catalogue/create-catalogue.ts',
    'events/catalogue/is-consent-scope.ts',
    'events/catalogue/to-held-back.ts',
    'events/catalogue/to-scope.ts',
    'events/catalogue/version.ts',
    'events/installation/installation-record.ts',
    'internal/files/file-lock.ts',
    'internal/process-end/process-end.ts',
    'privacy/domains/pattern-example.ts',
    'privacy/keyed-hash.ts',
    'privacy/sanitizer.ts',
    'privacy/serialize/automatic.ts',
    'privacy/serialize/handler.ts',
    'privacy/serialize/identifying-key.ts',
    'privacy/serialize/instance.ts',
    'privacy/serialize/invalid-fields.ts',
    'privacy/serialize/write-field.ts',
    'store/erase-installation.ts',
    'store/installation-secret.ts',
  ],
  scrubbing: [
    'crash/describe-error.ts',
    'crash/frames.ts',
    'crash/sanitize-error.ts',
    'privacy/error-text/error-code.ts',
    'privacy/error-text/error-name.ts',
    'privacy/error-text/frame-text.ts',
    'privacy/error-text/message-template.ts',
    'privacy/scrubber/sanitize.ts',
    'privacy/scrubber/scrub.ts',
    'privacy/serialize/safe-text.ts',
  ],
} as const;

/** In the order in which a program comes to need them. */
export const PARTS = ['recording', 'scrubbing'] as const;
export type PartName = (typeof PARTS)[number];

/** The main entry, which finds its parts beside it, and the same with all of them at hand, for bundlers. */
export const INDEX = 'index';
export const WHOLE = 'whole';

const LOADER = resolve(SOURCE, 'internal/load-part.ts');
const STUB = '\0stub:';
const VIRTUAL = '\0entry:';

const partOf: ReadonlyMap<string, PartName> = new Map(
  PARTS.flatMap((part) => MODULES[part].map((path) => [resolve(SOURCE, path), part] as const)),
);

/**
 * Takes the late modules out of the main entry, and adds an entry for each part and {@link WHOLE}.
 *
 * @param early - the modules of the main entry; an import from any other one reaches the real module. All where it is undefined
 * @throws {Error} when a late module exports something else than functions
 */
export function lateParts(early?: ReadonlySet<string>): Plugin {
  const isEarly = (importer: string) => early?.has(importer) ?? true;
  const isEntry = (id: string) => [INDEX, WHOLE, ...PARTS].includes(id);

  return {
    name: 'late-parts',
    enforce: 'pre',
    resolveId(id, importer) {
      if (isEntry(id)) return VIRTUAL + id;
      if (importer === undefined || !id.startsWith('.') || importer.startsWith(VIRTUAL)) return null;
      const path = resolve(dirname(importer), id).replace(/\.js$/, '.ts');
      return partOf.has(path) && isEarly(importer) ? STUB + path : null;
    },
    async load(id) {
      if (id === VIRTUAL + INDEX) return INDEX_ENTRY;
      if (id === VIRTUAL + WHOLE) return WHOLE_ENTRY;
      if (id.startsWith(VIRTUAL)) return writePart(this, id.slice(VIRTUAL.length));
      if (id.startsWith(STUB)) return writeStub(this, id.slice(STUB.length));
      return null;
    },
  };
}

const PUBLIC_NAMES = `export * from '${resolve(SOURCE, 'index.ts')}';`;

const INDEX_ENTRY = `
  import { requireParts } from '${LOADER}';
  requireParts(${JSON.stringify(PARTS)});
  ${PUBLIC_NAMES}
`;

const WHOLE_ENTRY = `
  import { providePart } from '${LOADER}';
  ${PARTS.map((part) => `import * as ${part} from '${part}'; providePart('${part}', ${part});`).join('\n')}
  ${PUBLIC_NAMES}
`;

async function writePart(context: Rollup.PluginContext, part: string): Promise<string> {
  const paths = [...partOf].filter(([, name]) => name === part).map(([path]) => path);
  const lines = paths.map(async (path) => {
    const names = await readFunctions(context, path);
    return `export { ${names.join(', ')} } from '${path}';`;
  });
  return (await Promise.all(lines)).join('\n');
}

async function writeStub(context: Rollup.PluginContext, path: string): Promise<string> {
  const names = await readFunctions(context, path);
  const functions = names.map(
    (name) => `export function ${name}(...args) { return loadPart('${partOf.get(path)}').${name}(...args); }`,
  );
  return [`import { loadPart } from '${LOADER}';`, ...functions].join('\n');
}

/** The names that a module exports. */
async function readFunctions(context: Rollup.PluginContext, path: string): Promise<string[]> {
  const { code } = await transformWithEsbuild(await readFile(path, 'utf8'), path);
  const statements = context.parse(code).body as readonly Statement[];
  const exported = statements.filter(({ type }) => type.startsWith('Export'));
  return exported.map(({ declaration }) => {
    const name = declaration ? nameOfFunction(declaration) : undefined;
    if (name === undefined)
      throw new Error(`${path} is loaded late, and exports something else than a function.`);
    return name;
  });
}

/** Of the syntax tree only what is looked at. */
interface Statement {
  readonly type: string;
  readonly declaration?: Declaration | null;
}

interface Declaration {
  readonly type: string;
  readonly id?: { readonly name: string };
  readonly declarations?: readonly {
    readonly id: { readonly name: string };
    readonly init: { readonly type: string };
  }[];
}

function nameOfFunction({ type, id, declarations = [] }: Declaration): string | undefined {
  if (type === 'FunctionDeclaration') return id?.name;
  const [constant, ...others] = declarations;
  const isFunction = others.length === 0 && constant?.init.type === 'ArrowFunctionExpression';
  return isFunction ? constant.id.name : undefined;
}
