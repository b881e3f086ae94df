const NUMBER = String.raw`\d{1,4}`;
const PRERELEASE = `-(?:alpha|beta|canary|dev|next|nightly|preview|rc)(?:\\.${NUMBER})?`;

/** The release of a package: major, minor and patch, and a prerelease in common words, such as `2.0.0-beta.1`. */
export const RELEASE = `${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:${PRERELEASE})?`;

const BEGINS_WITH_RELEASE = new RegExp(
  `^(${NUMBER}\\.${NUMBER}\\.${NUMBER})(?:(${PRERELEASE})(?=$|\\+)|(?=$|[-+]))`,
);

/** The release that a version begins with; empty when it begins with none. Other prereleases and build metadata can be anything. */
export function toRelease(version: string): string {
  const [, release = '', prerelease = ''] = BEGINS_WITH_RELEASE.exec(version) ?? [];
  return release + prerelease;
}
