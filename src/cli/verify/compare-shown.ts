import type { Finding, LedgerProof } from '../../store/index.js';
import type { ShownEvent } from './read-shown.js';

/**
 * Find what was shown and does not stand in the ledger as it was shown.
 *
 * @param file - the name of the file with what was shown; findings have the numbers of its events, from 1
 */
export function compareShown(
  shown: readonly ShownEvent[],
  { digests, contents }: Pick<LedgerProof, 'digests' | 'contents'>,
  file: string,
): readonly Finding[] {
  return shown.flatMap((event, index) => {
    const code = event.uuid === undefined ? whyNotPreviewed(event, contents) : whyNotSame(event, digests);
    return code ? [{ code, file, line: index + 1 }] : [];
  });
}

function whyNotSame(
  { uuid = '', digest }: ShownEvent,
  digests: LedgerProof['digests'],
): Finding['code'] | undefined {
  const kept = digests.get(uuid);
  if (kept === undefined) return 'shown_not_recorded';
  return kept === digest ? undefined : 'shown_differs';
}

/** A preview is no event yet: it is found again by what it says. */
function whyNotPreviewed(
  { content }: ShownEvent,
  contents: LedgerProof['contents'],
): Finding['code'] | undefined {
  if (content === undefined) return 'shown_differs';
  return contents.has(content) ? undefined : 'shown_not_recorded';
}
