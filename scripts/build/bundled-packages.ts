/** Packages that become part of the build, with their licences: docs/adr/0005-bundle-the-hash.md. Others stay outside. */
export const BUNDLED = {
  '@noble/hashes': 'LICENSE',
  'ci-info': 'LICENSE',
  fflate: 'LICENSE',
  jose: 'LICENSE.md',
  'jsonc-parser': 'LICENSE.md',
  'rate-limiter-flexible': 'LICENSE.md',
  uplot: 'LICENSE',
  // The browser of `sotto open`: one package, and what it is made of.
  open: 'license',
  'bundle-name': 'license',
  'default-browser': 'license',
  'default-browser-id': 'license',
  'define-lazy-prop': 'license',
  'is-docker': 'license',
  'is-in-ssh': 'license',
  'is-inside-container': 'license',
  'is-wsl': 'license',
  'powershell-utils': 'license',
  'run-applescript': 'license',
  'wsl-utils': 'license',
} as const;
