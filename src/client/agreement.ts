import { type Agreed, UNREADABLE_CATALOGUE } from '../consent/index.js';
import { type ConsentScope, isConsentScope, scopeDigest, scopeVersion } from '../events/index.js';

/**
 * What a person has agreed to, as far as it is remembered: the whole scope; of one that is too large for the file its digest;
 * where nothing else was kept the version of the catalogue, undefined where what was kept cannot be read; or nothing at all.
 */
export type Agreement =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'scope'; readonly scope: ConsentScope }
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'version'; readonly version: string | undefined };

/** Text beyond this is remembered by its digest: then any other scope is held back as a whole. */
const MAX_SCOPE_BYTES = 200_000;

/** How a scope is kept with a yes. */
export function toAgreed(scope: ConsentScope): Agreed {
  const isSmall = Buffer.byteLength(JSON.stringify(scope)) <= MAX_SCOPE_BYTES;
  return { catalogueVersion: scopeVersion(scope), catalogue: isSmall ? scope : scopeDigest(scope) };
}

/** What is kept with a yes, understood. What cannot be is never taken for nothing: it was something. */
export function toAgreement({ catalogue, catalogueVersion }: Agreed): Agreement {
  if (isConsentScope(catalogue)) return { kind: 'scope', scope: catalogue };
  if (catalogue === undefined)
    return catalogueVersion === undefined
      ? { kind: 'nothing' }
      : { kind: 'version', version: catalogueVersion };
  return typeof catalogue === 'string' && catalogue !== UNREADABLE_CATALOGUE
    ? { kind: 'digest', digest: catalogue }
    : // The version says nothing of who receives it.
      { kind: 'version', version: undefined };
}
