import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ErrorDescription } from '../privacy/index.js';

const FINGERPRINT_BYTES = 8;
/** The frames that tell one bug from another. */
const TOP_FRAMES = 5;

/** `lodash@4.17.21:map:12`, and of the app's own files `<app>/dist/cli.js:main:40`. */
const PACKAGE_FRAME = /^([^<:]+)@[^@:]+:(.+):\d+$/;
const APP_FRAME = /^(<app>\/.+):\d+$/;

/**
 * Which bug an error is: 16 hexadecimal digits, a digest of what is recorded of it anyway.
 *
 * @returns the same on every machine and in every checkout, whatever line the code stands on and whatever version a
 *   dependency has. Frames of Node, which differ between its versions, and of other files do not count
 */
export function fingerprintOf({
  type,
  code,
  message,
  frames,
}: Pick<ErrorDescription, 'type' | 'code' | 'message' | 'frames'>): string {
  const places = frames.flatMap(lastingPart).slice(0, TOP_FRAMES);
  const text = JSON.stringify([type, code ?? null, message, places]);
  return bytesToHex(blake3(utf8ToBytes(text), { dkLen: FINGERPRINT_BYTES }));
}

function lastingPart(frame: string): readonly string[] {
  const [, name, called] = PACKAGE_FRAME.exec(frame) ?? [];
  if (name) return [`${name}:${called}`];
  const [, place] = APP_FRAME.exec(frame) ?? [];
  return place ? [place] : [];
}
