/** What has to hold for npm to take a release with its provenance from a workflow, without a token. */
export interface ReleaseFacts {
  /** `package.json`. */
  readonly manifest: {
    readonly repository?: string | { readonly url?: string };
  };
  /** The repository that the workflow runs in, as `owner/name`. */
  readonly repository: string;
  /** What `npm --version` prints. */
  readonly npmVersion: string;
}

/** The first npm that publishes by the identity of a workflow. */
const OLDEST_NPM = '11.5.1';

const GITHUB_URL = /^(?:git\+)?https:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/;

/** @returns a sentence for each reason why npm would refuse, with what to do; empty where there is none */
export function findObstacles({ manifest, repository, npmVersion }: ReleaseFacts): string[] {
  return [findInManifest(manifest, repository), findInNpm(npmVersion)].filter(
    (obstacle) => obstacle !== undefined,
  );
}

function findInManifest({ repository: declared }: ReleaseFacts['manifest'], repository: string) {
  const url = typeof declared === 'string' ? declared : declared?.url;
  const remedy = `"repository": { "type": "git", "url": "git+https://github.com/${repository}.git" }`;
  if (url === undefined)
    return `package.json names no repository, and npm compares it with the provenance. Add ${remedy}.`;
  // npm compares upper and lower case too.
  if (GITHUB_URL.exec(url)?.[1] === repository) return undefined;
  return `package.json names the repository ${url}, and this is ${repository}: npm refuses a provenance that differs. Write ${remedy}, or release from there.`;
}

function findInNpm(version: string): string | undefined {
  if (version.localeCompare(OLDEST_NPM, 'en', { numeric: true }) >= 0) return undefined;
  return `npm ${version} cannot publish without a token. Use ${OLDEST_NPM} or later, which comes with Node.js 24.`;
}
