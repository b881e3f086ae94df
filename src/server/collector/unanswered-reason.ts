import type { UnansweredReason } from './vendor-client.js';

/** Of OpenSSL's verdicts on certificates, as Node.js names them, of its own about names, and of what goes wrong while TLS is agreed on. */
const TLS_CODE =
  /CERT|CRL|^ERR_(?:TLS|SSL)_|^EPROTO$|^INVALID_(?:CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;

/** Why no answer came, by the code of the error that Node.js threw. Nothing else of it is read: its message names the host. */
export function toUnansweredReason(error: unknown): UnansweredReason {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && TLS_CODE.test(code) ? 'tls' : 'network';
}
