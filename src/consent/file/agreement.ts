import { sha256 } from '../../internal/index.js';
import type { ConsentRecord } from './record.js';

/** The members of a record that say what was agreed to. */
export type Agreed = Pick<ConsentRecord, 'catalogueVersion' | 'catalogue'>;

/** The members of a record that say what was agreed to, and what was said about it since. */
type Remembered = Agreed &
  Pick<ConsentRecord, 'declinedCatalogueVersion' | 'noticedCatalogueVersion' | 'noticedCatalogueTimestamp'>;

/** Nothing is remembered. A later answer about what was agreed to earlier says nothing of this one either. */
export const FORGOTTEN: Remembered = {
  catalogueVersion: undefined,
  catalogue: undefined,
  declinedCatalogueVersion: undefined,
  noticedCatalogueVersion: undefined,
  noticedCatalogueTimestamp: undefined,
};

/** Whether anything is known of what was agreed to. */
export function isRemembered({ catalogue, catalogueVersion }: Agreed): boolean {
  return catalogue !== undefined || catalogueVersion !== undefined;
}

/** Differs when something else is agreed to; empty when nothing is remembered. */
export function toCovers(agreed: Agreed): string {
  const { catalogue, catalogueVersion } = agreed;
  return isRemembered(agreed) ? sha256(JSON.stringify([catalogueVersion, catalogue])).slice(0, 16) : '';
}
