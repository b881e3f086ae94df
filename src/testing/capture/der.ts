/** The kinds of values that certificates are made of. */
export const DER = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  bytes: 0x04,
  text: 0x0c,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** A name of the network, in a list of other names. */
  networkName: 0x82,
  /** An address of the network, in such a list. */
  networkAddress: 0x87,
  /** The key of whoever has signed, in a note about it. */
  signerKey: 0x80,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** A value as certificates write it: kind, length, content. */
export function der(kind: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(kind, ...size), content]);
}

export const fromHex = (digits: string): Buffer => Buffer.from(digits, 'hex');

/** A point in time, to the second. */
export function derTime(atMs: number): Buffer {
  const text = new Date(atMs).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(DER.time, Buffer.from(text));
}

/** A certificate as files hold it: RFC 7468, where no line is empty, so a last line that is full ends as any other. */
export function toPem(bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
