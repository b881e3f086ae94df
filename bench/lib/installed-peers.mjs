import { createRequire } from 'node:module';

const { dependencies } = createRequire(import.meta.url)('../package.json');

/** The packages beside which Sotto is measured, in their versions, as `bench/package.json` names them. */
export const PEER_VERSIONS = dependencies;

/** @throws {Error} with the command that installs them, when one is missing or has another version */
export function checkPeers() {
  const wrong = Object.keys(dependencies).filter((name) => installedVersion(name) !== dependencies[name]);
  if (wrong.length > 0) {
    throw new Error(
      `Not installed as bench/package.json names it: ${wrong.join(', ')}. Run \`npm ci --prefix bench\` first.`,
    );
  }
}

/** Read from the file: some packages do not export theirs. */
function installedVersion(name) {
  try {
    return createRequire(import.meta.url)(`../node_modules/${name}/package.json`).version;
  } catch {
    return undefined;
  }
}
