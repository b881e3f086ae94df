import { createKeyedHash } from '../../privacy/index.js';
import { readInstallationSecret } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';

/**
 * The id that stands for this installation in what its user is shown and hands on: 32 hexadecimal digits, from the random secret
 * and nothing else. It changes with the secret, which goes with a no.
 *
 * @returns undefined where there is no secret. Makes none
 */
export function readAnonymousId(consent: Pick<ConsentParts, 'directory'>): string | undefined {
  return digestOf(consent, 'installation', 'installation');
}

/** A keyed hash of something told in the same places, as 32 hexadecimal digits; undefined where there is no secret. */
export function digestOf(
  { directory }: Pick<ConsentParts, 'directory'>,
  value: string,
  identity: string,
): string | undefined {
  const secret = readInstallationSecret(directory);
  const hash = secret && createKeyedHash(secret)(value, identity);
  // Without the name of the algorithm.
  return hash?.slice(hash.indexOf(':') + 1);
}
