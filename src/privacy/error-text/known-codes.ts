import { getSystemErrorMap } from 'node:util';
import { isCodeWord } from './code-words.js';

/** Of name servers, locks and package managers; libuv's are asked of Node. */
const MORE_SYSTEM_CODES = `
  EBADNAME EBADQUERY EBADRESP ECOMPROMISED EDQUOT EFORMERR EINPROGRESS EINTEGRITY ELOCKED ENETRESET ENOEXEC
  ENOTFOUND ENOTIMP EOPNOTSUPP EREFUSED ERESOLVE ESERVFAIL ESOCKETTIMEDOUT ESTALE ETIMEOUT EUSAGE
  EWOULDBLOCK
`;

/** What PostgreSQL says most often; the whole list is as good as any five digits. */
const SQL_STATES = `
  08000 08001 08003 08006 22001 22003 22007 22012 22P02 23502 23503 23505 23514 25P02 28000 28P01 3D000
  40001 40P01 42501 42601 42703 42704 42883 42P01 42P07 53100 53300 54000 55P03 57014 57P01 57P03 XX000
`;

/** JSON-RPC's own. */
const RPC_CODES = '32700 32600 32601 32602 32603 32000';

/** OpenSSL's reasons to refuse a certificate. */
const CERTIFICATE_CODES = `
  CERT_HAS_EXPIRED CERT_NOT_YET_VALID CERT_REVOKED CERT_REJECTED CERT_UNTRUSTED CERT_SIGNATURE_FAILURE
  CERT_CHAIN_TOO_LONG CRL_HAS_EXPIRED CRL_NOT_YET_VALID CRL_SIGNATURE_FAILURE DEPTH_ZERO_SELF_SIGNED_CERT
  HOSTNAME_MISMATCH INVALID_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED SELF_SIGNED_CERT_IN_CHAIN
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY UNABLE_TO_DECRYPT_CERT_SIGNATURE UNABLE_TO_GET_CRL
  UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE
`;

const FAMILY = /^(?:ERR|UND_ERR|HPE|SQLITE)_[A-Z0-9_]+$/;
const CAPITALS = /^[A-Z]{2,20}(?:_[A-Z0-9]{1,20}){1,7}$/;
/** Words that tell that such a code is about a failure: `MODULE_NOT_FOUND`, `OPTION_UNKNOWN`, `ABORT_ERR`. */
const FAILURES: ReadonlySet<string> = new Set(
  `ABORTED CANCELED CANCELLED CONFLICT DENIED DUPLICATE ERR ERROR EXCEEDED EXISTS EXPIRED FAILED FAILURE FORBIDDEN INVALID
  MISMATCH MISSING NOT REFUSED REJECTED REQUIRED TIMEOUT UNAUTHORIZED UNAVAILABLE UNKNOWN UNREADABLE UNSUPPORTED`.split(
    /\s+/,
  ),
);

let listed: ReadonlySet<string> | undefined;
let system: ReadonlySet<string> | undefined;

/** Is this what libuv, a name server or a lock calls a failure: `ENOENT`, `EAI_AGAIN`? */
export function isSystemCode(text: string): boolean {
  system ??= new Set([
    ...listOf(MORE_SYSTEM_CODES),
    ...[...getSystemErrorMap().values()].map(([code]) => code),
  ]);
  return system.has(text);
}

/**
 * Is this a code of the system, of Node, of a well-known package or of the same making: a list, and names in capitals that
 * known words make up?
 */
export function isKnownCode(text: string): boolean {
  listed ??= new Set([SQL_STATES, RPC_CODES, CERTIFICATE_CODES].flatMap(listOf));
  return isSystemCode(text) || listed.has(text) || isCodeInWords(text);
}

/** The part of {@link isKnownCode} that may stand in a message. */
export function isCodeInWords(text: string): boolean {
  const words = text.split('_');
  const isOfFamily = FAMILY.test(text) || (CAPITALS.test(text) && words.some((word) => FAILURES.has(word)));
  return (
    isOfFamily && words.every((word) => /^\d{1,3}$/.test(word) || isCodeWord(word) || isSystemCode(word))
  );
}

const listOf = (text: string): readonly string[] => text.trim().split(/\s+/);
