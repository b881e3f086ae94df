import type { ErrorCategory } from '../privacy/index.js';
import { chainOf } from './causes.js';
import { readPart, readText } from './read-thrown.js';

/** Codes by what kind of trouble they tell of. Whole codes in words, beginnings with `*`. */
const CODES = {
  network: `ECONNREFUSED ECONNRESET ECONNABORTED ETIMEDOUT ESOCKETTIMEDOUT ENOTFOUND EAI_* EHOSTDOWN EHOSTUNREACH ENETDOWN
    ENETUNREACH ENETRESET EADDRINUSE EADDRNOTAVAIL EPROTO UND_ERR_* ERR_TLS_* ERR_SSL_* ERR_HTTP2_* ERR_NETWORK
    ERR_SOCKET_* ERR_STREAM_PREMATURE_CLOSE HPE_* CERT_* CRL_* UNABLE_TO_* SELF_SIGNED_CERT_IN_CHAIN
    DEPTH_ZERO_SELF_SIGNED_CERT HOSTNAME_MISMATCH INVALID_CA`,
  system: `EACCES EPERM ENOSPC EROFS EMFILE ENFILE ENOMEM EDQUOT EIO EBUSY EAGAIN EPIPE ENOTEMPTY EXDEV ENAMETOOLONG ELOOP
    ETXTBSY ERR_ACCESS_DENIED ERR_WORKER_OUT_OF_MEMORY`,
  configuration: `ERR_INVALID_ARG_* ERR_PARSE_ARGS_* ERR_INVALID_URL ERR_INVALID_PACKAGE_CONFIG ERR_MODULE_NOT_FOUND
    MODULE_NOT_FOUND ERR_PACKAGE_PATH_NOT_EXPORTED ERR_UNKNOWN_FILE_EXTENSION OPTION_UNKNOWN OPTION_INVALID`,
} as const;

const CODE_TESTS = (Object.keys(CODES) as (keyof typeof CODES)[]).map(
  (category) => [category, toExpression(CODES[category])] as const,
);

/** Classes of errors about settings, and of parsers of the formats that settings are written in. */
const isConfigurationName = (name: string): boolean =>
  name === 'YAMLException' || (name.endsWith('Error') && /Config|^(?:YAML|Toml|JSON)/.test(name));
/** V8's words for text that is no JSON. A program's own mistakes in syntax have others. */
const NO_JSON = /\bis not valid JSON$|\bin JSON at position \d|^Unexpected end of JSON input$/;
/** The message can be of any length; what tells stands at its end or near its beginning. */
const MAX_LOOKED_AT = 500;
/** Longer ones are no names. */
const MAX_NAME = 100;

/** In what circumstances an error was met. */
export interface Circumstances {
  /** A step of an installation failed: programs that cannot be run, or end with an error, are then its failure. */
  readonly isInstallation: boolean;
}

/** What kind of trouble an error is, by its code and name or, where those say nothing, by those of what led to it. Never throws. */
export function categoryOf(thrown: unknown, { isInstallation }: Circumstances): ErrorCategory {
  for (const link of chainOf(thrown)) {
    const category = categoryByItself(link, isInstallation);
    if (category) return category;
  }
  return 'unexpected';
}

function categoryByItself(thrown: unknown, isInstallation: boolean): ErrorCategory | undefined {
  const code = readText(thrown, 'code') ?? '';
  const byCode = CODE_TESTS.find(([, test]) => test.test(code))?.[0];
  if (byCode === 'configuration' && isInstallation) return 'installation';
  if (byCode) return byCode;
  if (isConfigurationName((readText(thrown, 'name') ?? '').slice(0, MAX_NAME)) || isParseFailure(thrown))
    return 'configuration';
  return isInstallation && isProgramFailure(thrown) ? 'installation' : undefined;
}

function isParseFailure(thrown: unknown): boolean {
  if (readText(thrown, 'name') !== 'SyntaxError') return false;
  const message = readText(thrown, 'message') ?? '';
  return NO_JSON.test(message.slice(0, MAX_LOOKED_AT)) || NO_JSON.test(message.slice(-MAX_LOOKED_AT));
}

/** A program that could not be started, or that ended with an error: as Node, and packages around it, tell it. */
function isProgramFailure(thrown: unknown): boolean {
  if (readText(thrown, 'syscall')?.startsWith('spawn')) return true;
  return (['code', 'exitCode', 'status'] as const).some((part) => {
    const exitCode = readPart(thrown, part);
    return typeof exitCode === 'number' && exitCode > 0 && exitCode < 256;
  });
}

function toExpression(codes: string): RegExp {
  return new RegExp(`^(?:${codes.trim().replace(/\s+/g, '|').replaceAll('*', '[A-Z0-9_]+')})$`);
}
