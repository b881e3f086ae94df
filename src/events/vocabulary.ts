/**
 * The closed lists behind the built-in events. A value that is not in its list leaves as `other`, so nothing a user, a
 * repository or a configuration says can travel in these fields.
 */
export const OTHER = 'other';

export const LANGUAGES = [
  'assembly', 'astro', 'bash', 'c', 'clojure', 'cmake', 'cpp', 'csharp', 'css', 'cuda', 'dart', 'dockerfile', 'elixir',
  'elm', 'erlang', 'fortran', 'fsharp', 'go', 'graphql', 'groovy', 'haskell', 'hcl', 'html',
  'ini', 'java', 'javascript', 'json',
  'jsx', 'julia', 'kotlin', 'less', 'lisp', 'lua', 'makefile', 'markdown', 'matlab', 'nim', 'nix', 'objectivec', 'ocaml',
  'perl', 'php', 'powershell', 'prolog', 'protobuf', 'python', 'r', 'restructuredtext', 'ruby', 'rust', 'sass', 'scala',
  'scss', 'shell', 'solidity', 'sql', 'svelte', 'swift', 'tcl', 'text', 'toml', 'tsx', 'typescript', 'v', 'verilog',
  'vhdl', 'vue', 'wasm', 'xml', 'yaml', 'zig',
] as const; // biome-ignore format: one table

export const FILE_CATEGORIES = ['code', 'config', 'docs', 'tests', 'data', 'build', OTHER] as const;

export const SETUP_ERRORS = [
  'config_invalid',
  'config_missing',
  'dependency_missing',
  'index_failed',
  'network_failed',
  'permission_denied',
  'provider_failed',
  'storage_failed',
  'version_unsupported',
] as const;

export const STORE_KINDS = ['primary', 'backup', 'memory', 'none'] as const;

export const INTENTS = [
  'UNDERSTAND',
  'IMPLEMENT',
  'DEBUG',
  'OPTIMIZE',
  'TEST',
  'CONFIGURE',
  'DOCUMENT',
] as const;

export const STRATEGIES = [
  'hybrid',
  'semantic',
  'dense',
  'sparse',
  'keyword',
  'bm25',
  'proximity',
  'symbol',
  'graph',
  'rerank',
  'fallback',
] as const;

export const SEARCH_MODES = ['hybrid', 'semantic', 'keyword', 'symbol', 'path'] as const;

export const SEARCH_STATUSES = ['success', 'partial', 'empty', 'error', 'timeout'] as const;

export const INDEX_STATES = ['complete', 'indexing', 'stale', 'empty', 'unavailable', 'unknown'] as const;

export const MATCH_TYPES = [
  'definition',
  'reference',
  'comment',
  'path',
  'symbol',
  'text',
  'semantic',
  'keyword',
  'hybrid',
] as const;

export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export const HEALTH_STATES = ['healthy', 'degraded', 'unhealthy'] as const;

export const STEP_STATES = ['started', 'completed', 'failed', 'skipped'] as const;

export const INSTALLATION_STATES = ['completed', 'failed', 'cancelled'] as const;

export const METRIC_UNITS = ['ms', 's', 'bytes', 'count', 'percent', 'ratio', 'usd', 'tokens'] as const;
