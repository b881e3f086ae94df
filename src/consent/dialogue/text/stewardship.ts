import type { CatalogueField } from '../../../events/index.js';

type Stewardship = Pick<CatalogueField, 'purpose' | 'owner' | 'expires'>;

/** What the makers say of why, who and how long: one item for each that they say. */
export function stewardshipItems({ purpose, owner, expires }: Stewardship): string[] {
  return [
    ...(purpose === undefined ? [] : [`for: ${purpose}`]),
    ...(owner === undefined ? [] : [`answered for by: ${owner}`]),
    ...(expires === undefined ? [] : [`no longer from: ${expires}`]),
  ];
}

const MAX_PURPOSE_LENGTH = 80;

/** The purpose as the rest of an item, cut between words; nothing where none is stated. */
export function purposeInFewWords({ purpose }: Stewardship): string {
  if (purpose === undefined) return '';
  if (purpose.length <= MAX_PURPOSE_LENGTH) return `; for: ${purpose}`;
  return `; for: ${purpose.slice(0, MAX_PURPOSE_LENGTH).replace(/\s+\S*$/, '')}...`;
}
