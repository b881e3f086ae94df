import { createKeyedHash } from '../../privacy/index.js';
import { readInstallationSecret } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';

/** A keyed hash as it is told to people: 32 hexadecimal digits. `identity` is the class of thing that the value names. */
export type Digest = (value: string, identity: string) => string;

/** What digests of this installation are made with. @returns undefined where there is no secret. Makes none */
export function openDigest({ directory }: Pick<ConsentParts, 'directory'>): Digest | undefined {
  const secret = readInstallationSecret(directory);
  if (secret === undefined) return undefined;
  const hash = createKeyedHash(secret);
  // Without the name of the algorithm.
  return (value, identity) => hash(value, identity).replace(/^.*:/, '');
}

/**
 * The id that stands for this installation in what its user is shown and hands on: from the random secret and nothing else. It
 * changes with the secret, which goes with a no.
 */
export const toAnonymousId = (digest: Digest): string => digest('installation', 'installation');
