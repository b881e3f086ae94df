import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { DER, der, derTime, fromHex, toPem } from './der.js';

/** A certificate and the key that belongs to it, both PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

/** Somebody who vouches for names, for the time of one run. */
export interface Authority {
  /** What programs have to trust, PEM. */
  readonly cert: string;
  /** A certificate for a name or an address of the network. The same one for the same name. */
  issue(name: string): Certified;
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

interface Subject {
  readonly name: string;
  readonly keys: KeyPair;
}

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = der(DER.sequence, fromHex('06082a8648ce3d040302'));
const COMMON_NAME = fromHex('0603550403');
/** A name in a certificate has room for so many characters; longer ones stand among the other names alone. */
const MAX_COMMON_NAME = 64;

/** A certificate for one name that nobody vouches for, made for this run: none has to be kept, and none runs out. */
export function createSelfSigned(name: string): Certified {
  const subject = { name, keys: createKeys() };
  return certify(subject, subject, [otherNames(name)]);
}

/** An authority of which nothing is kept: whoever trusts it trusts this run alone. */
export function createAuthority(name: string): Authority {
  const authority = { name, keys: createKeys() };
  // One for all of them: whoever may read one of these keys is this process.
  const keys = createKeys();
  const issued = new Map<string, Certified>();
  const issue = (host: string) =>
    certify({ name: host, keys }, authority, [otherNames(host), FOR_SERVERS, signerKey(authority.keys)]);
  return {
    cert: certify(authority, authority, [MAY_SIGN, ownKey(authority.keys)]).cert,
    issue(host) {
      const known = issued.get(host) ?? issue(host);
      issued.set(host, known);
      return known;
    },
  };
}

const createKeys = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

function certify(subject: Subject, signer: Subject, extensions: readonly Buffer[]): Certified {
  const body = der(
    DER.sequence,
    der(DER.version, der(DER.integer, fromHex('02'))),
    der(DER.integer, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    distinguishedName(signer.name),
    der(DER.sequence, derTime(Date.now() - DAY_MS), derTime(Date.now() + DAY_MS)),
    distinguishedName(subject.name),
    subject.keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(DER.extensions, der(DER.sequence, ...extensions)),
  );
  const signature = Buffer.concat([Buffer.of(0), sign('sha256', body, signer.keys.privateKey)]);
  return {
    key: subject.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: toPem(der(DER.sequence, body, ECDSA_WITH_SHA256, der(DER.bits, signature))),
  };
}

function distinguishedName(name: string): Buffer {
  const text = der(DER.text, Buffer.from(name.slice(0, MAX_COMMON_NAME)));
  return der(DER.sequence, der(DER.set, der(DER.sequence, COMMON_NAME, text)));
}

const YES = der(DER.boolean, Buffer.of(0xff));

function extension(id: string, content: Buffer, isCritical = false): Buffer {
  const parts = isCritical ? [YES] : [];
  return der(DER.sequence, fromHex(id), ...parts, der(DER.bytes, content));
}

/** basicConstraints. */
const MAY_SIGN = extension('0603551d13', der(DER.sequence, YES), true);

/** extKeyUsage: serverAuth. */
const FOR_SERVERS = extension('0603551d25', der(DER.sequence, fromHex('06082b06010505070301')));

/** subjectAltName. */
function otherNames(name: string): Buffer {
  const entry = isIP(name)
    ? der(DER.networkAddress, toAddressBytes(name))
    : der(DER.networkName, Buffer.from(name));
  return extension('0603551d11', der(DER.sequence, entry));
}

/** subjectKeyIdentifier. */
const ownKey = (keys: KeyPair) => extension('0603551d0e', der(DER.bytes, idOf(keys)));

/** authorityKeyIdentifier, without which strict programs trust nothing. */
const signerKey = (keys: KeyPair) =>
  extension('0603551d23', der(DER.sequence, der(DER.signerKey, idOf(keys))));

function idOf({ publicKey }: KeyPair): Buffer {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}

/** Four bytes, or sixteen. */
function toAddressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return fromHex([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''));
}
