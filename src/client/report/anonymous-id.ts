import { createKeyedHash } from '../../privacy/index.js';
import { openInstallationSecret, readInstallationSecret } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';

/**
 * The id that stands for this installation in what its user is shown and hands on: 32 hexadecimal digits, from the random secret
 * and nothing else. It changes with the secret, which goes with a no.
 *
 * @param mayMake - whether a secret may be made where there is none; done only with consent
 * @returns undefined where there is no secret
 */
export function readAnonymousId(
  consent: Pick<ConsentParts, 'directory' | 'watch'>,
  options: { readonly mayMake: boolean },
): string | undefined {
  const hash = openHash(consent, options);
  return hash && toDigits(hash('installation', 'installation'));
}

/** A keyed hash of something told in the same places, as 32 hexadecimal digits; undefined where there is no secret. */
export function digestOf(
  consent: Pick<ConsentParts, 'directory' | 'watch'>,
  value: string,
  identity: string,
): string | undefined {
  const hash = openHash(consent, { mayMake: true });
  return hash && toDigits(hash(value, identity));
}

function openHash(
  { directory, watch }: Pick<ConsentParts, 'directory' | 'watch'>,
  { mayMake }: { readonly mayMake: boolean },
) {
  const secret =
    mayMake && directory !== undefined && watch.current().mode !== 'off'
      ? openInstallationSecret(directory)
      : readInstallationSecret(directory);
  return secret && createKeyedHash(secret);
}

/** Without the name of the algorithm. */
const toDigits = (hash: string) => hash.slice(hash.indexOf(':') + 1);
