import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { RECEIPT_TYPE } from '../../privacy/index.js';
import { isPrivate } from '../../settings/index.js';
import { UsageError } from '../exit-status.js';
import type { CommandIo } from '../io.js';

/** The public keys of a server that gives receipts. */
export interface ReceiptKeys {
  /** @param keyId - the thumbprint of one of them */
  has(keyId: string): boolean;
  /** Whether a receipt bears the signature of the key that it names. */
  isSigned(receipt: string): Promise<boolean>;
}

const TIMEOUT_MS = 10_000;
/** Room for two hundred keys. */
const MAX_KEYS_BYTES = 65_536;
const ALGORITHM = 'EdDSA';
const MEMBERS = 'alg,crv,kid,kty,use,x';

/**
 * Read the public keys of a server: what it answers under `/.well-known/jwks.json`.
 *
 * @param place - a file, or an https address, which is the only thing for which a request is made; http only of this machine
 * @throws {UsageError} when they cannot be read, or are anything but Ed25519 keys as a server tells of them: each with its thumbprint
 */
export async function readKeys(
  place: string,
  io: Pick<CommandIo, 'cwd' | 'interrupted'>,
): Promise<ReceiptKeys> {
  const { calculateJwkThumbprint, compactVerify, importJWK } = await import('jose');
  const keys = new Map<string, Awaited<ReturnType<typeof importJWK>>>();
  for (const jwk of parse(await readText(place, io))) {
    const { kty, crv, x, kid, alg, use } = jwk;
    const isOurs = kty === 'OKP' && crv === 'Ed25519' && alg === ALGORITHM && use === 'sig';
    const isWhole = isOurs && Object.keys(jwk).sort().join() === MEMBERS && typeof x === 'string';
    if (!isWhole || (await calculateJwkThumbprint({ kty, crv, x })) !== kid) throw unusable();
    keys.set(kid, await importJWK({ kty, crv, x }, ALGORITHM).catch(() => Promise.reject(unusable())));
  }
  const keyOf = (kid: string | undefined) => {
    const key = keys.get(kid ?? '');
    if (key) return key;
    throw unusable();
  };
  return {
    has: (keyId) => keys.has(keyId),
    isSigned: (receipt) =>
      compactVerify(receipt, ({ kid }) => keyOf(kid), { algorithms: [ALGORITHM] }).then(
        ({ protectedHeader: { typ } }) => typ === RECEIPT_TYPE,
        () => false,
      ),
  };
}

async function readText(place: string, { cwd, interrupted }: Pick<CommandIo, 'cwd' | 'interrupted'>) {
  const address = /^https?:\/\//.test(place) ? toAddress(place) : undefined;
  try {
    if (!address) return await readBounded(createReadStream(resolve(cwd, place)));
    const signal = AbortSignal.any([interrupted, AbortSignal.timeout(TIMEOUT_MS)]);
    const { ok, body } = await fetch(address, { redirect: 'error', signal });
    if (ok && body) return await readBounded(body);
  } catch {
    // Whatever it was, its message may hold a whole path.
  }
  throw unreadable();
}

function toAddress(place: string): URL {
  if (!URL.canParse(place)) throw unreadable();
  const address = new URL(place);
  if (isPrivate(address)) return address;
  throw new UsageError(
    'The keys of --keys would come over a network without TLS, where anybody may put their own in the place of them. Use the https ' +
      'address of the server, or keep its keys in a file.',
  );
}

/** @throws when it is more than any server's keys */
async function readBounded(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_KEYS_BYTES) throw unusable();
    read.push(chunk);
  }
  return Buffer.concat(read).toString();
}

function parse(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const set = JSON.parse(text) as { readonly keys?: unknown };
    const isSet = Object.keys(set).join() === 'keys' && Array.isArray(set.keys);
    if (isSet) return (set.keys as unknown[]).map((key) => Object(key) as Record<string, unknown>);
  } catch {
    // No JSON.
  }
  throw unusable();
}

const unreadable = () =>
  new UsageError(
    'The keys of --keys cannot be read. Name a file, or the address https://…/.well-known/jwks.json of the server.',
  );

const unusable = () =>
  new UsageError(
    'The keys of --keys are not those of a server of receipts: a JWK set of Ed25519 public keys, each with its thumbprint. ' +
      'Take them anew from the server.',
  );
