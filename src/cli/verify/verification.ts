import type { EventCounts, Finding } from '../../store/index.js';
import type { SignatureCheck } from './check-signatures.js';

/** All that was checked, and all that does not hold. */
export interface Verification {
  readonly files: number;
  readonly events: number;
  readonly counts: EventCounts;
  readonly torn: number;
  readonly receipts: Omit<SignatureCheck, 'findings'>;
  /** How many events were compared with what was shown of them; undefined when nothing was given. */
  readonly shown: number | undefined;
  readonly findings: readonly Finding[];
}
