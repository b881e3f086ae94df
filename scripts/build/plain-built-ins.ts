import type { Plugin } from 'vite';

const IMPORT = /^import \{([^}]+)\} from ["'](node:[a-z_/]+)["'];$/gm;

/**
 * Has a file ask for built-in modules by `process.getBuiltinModule`. To `import` one of them is to read everything that it exports, and
 * `node:fs` loads its streams when they are looked at: twenty modules more at every start.
 *
 * @param name - of the file
 */
export const plainBuiltIns = (name: string): Plugin => ({
  name: 'plain-built-ins',
  enforce: 'post',
  renderChunk(code, chunk) {
    if (chunk.name !== name) return null;
    const replaced = code.replace(
      IMPORT,
      (_, names: string, id: string) =>
        `const {${names.replaceAll(' as ', ': ')}} = process.getBuiltinModule("${id}");`,
    );
    if (/from ["']node:/.test(replaced))
      this.error(`${name}.js imports a built-in module in a way that is not known here.`);
    // No line moves.
    return { code: replaced, map: null };
  },
});
