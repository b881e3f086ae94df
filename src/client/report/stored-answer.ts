import { MAX_CONSENT_FILE_BYTES } from '../../consent/index.js';
import { readSmallFile } from '../../internal/index.js';
import type { ConsentParts } from '../open-consent.js';

/** The consent file as it stands there, for its user's export; without members when it is absent or broken. Never throws. */
export function readStoredAnswer({ file: { path } }: Pick<ConsentParts, 'file'>): object {
  const file = path === undefined ? undefined : readSmallFile(path, MAX_CONSENT_FILE_BYTES);
  if (file?.status !== 'found') return {};
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(file.bytes));
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch {
    return {};
  }
}
