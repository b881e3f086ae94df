import type { ConsentFile, ConsentWatch } from '../consent/index.js';
import {
  type ConsentScope,
  compareScopes,
  isWidening,
  type ScopeChange,
  scopeDigest,
  scopeVersion,
  toHeldBack,
} from '../events/index.js';
import { EVERYTHING_HELD, type HeldBack, NOTHING_HELD } from '../privacy/index.js';
import { type Agreement, toAgreed, toAgreement } from './agreement.js';
import { whileSame } from './once.js';

/** How far the person's yes reaches: what they agreed to, beside what is collected. */
export interface Coverage {
  /** What may not leave at this moment. Made once for each agreement, so that an event costs a look-up. Never throws */
  heldBack(): HeldBack;
  /** The same as paths: `*` for everything, where it is not known what was agreed to. Reads the file where one counts. */
  heldPaths(): readonly string[];
  /** What is agreed to, what is collected, and what came between. Reads the file. */
  compare(): Comparison;
}

/** What became of what a person agreed to, whether or not anything is recorded at this moment. */
export interface Comparison {
  /** Undefined where it is not known what they agreed to, thing by thing. */
  readonly agreed: ConsentScope | undefined;
  readonly current: ConsentScope;
  /** Of {@link current}: what a person accepts is named by it. */
  readonly digest: string;
  readonly changes: readonly ScopeChange[];
  /** As {@link Coverage.heldPaths}. */
  readonly held: readonly string[];
  /** Whether the person has said that it stays as it was. */
  readonly isDeclined: boolean;
  /** Whether anything is known of what they agreed to. */
  readonly isRemembered: boolean;
}

export interface CoverageParts {
  readonly watch: ConsentWatch;
  readonly file: ConsentFile;
  /** What is collected now. */
  readonly scope: () => ConsentScope;
  /** Differs when {@link scope} may. */
  readonly classCount: () => number;
  /** Whether the recipient was named by the person themselves: then it is no news to them. */
  readonly isOwnRecipient: boolean;
  /** Whether a yes that remembers nothing may be taken as one to what is collected here. */
  readonly mayAdopt: boolean;
}

export function createCoverage(parts: CoverageParts): Coverage {
  const { watch, file, classCount } = parts;
  // What is adopted on the way is another agreement, under which the same is held.
  const holdWhile = whileSame<string, HeldBack>(() => hold(parts));

  function heldBack(): HeldBack {
    const { covers, mode } = watch.current();
    return covers === undefined ? NOTHING_HELD : holdWhile(`${covers} ${mode} ${classCount()}`);
  }

  function compare(): Comparison {
    const { covers } = watch.refresh();
    const record = file.record();
    const agreement = toAgreement(record);
    const current = currentScope(parts, agreement);
    const digest = scopeDigest(current);
    const { agreed, changes, held } = compareWith(agreement, current);
    return {
      agreed,
      current,
      digest,
      changes,
      held: covers === undefined ? [] : held,
      isDeclined: record.declinedCatalogueVersion === digest,
      isRemembered: agreement.kind !== 'nothing',
    };
  }

  return {
    heldBack,
    heldPaths: () => (watch.refresh().covers === undefined ? [] : compare().held),
    compare,
  };
}

function hold(parts: CoverageParts): HeldBack {
  const { file, watch } = parts;
  // A dry run sends nothing that a yes would have to cover, and changes no answer.
  const mayAdopt = parts.mayAdopt && watch.current().mode === 'on';
  const agreement = toAgreement(file.record());
  const current = currentScope(parts, agreement);
  const held = toHeld(agreement, current);
  // Of a notice about this very scope, shown in an earlier run, nothing is held any more once it is adopted.
  const isOpen = held === NOTHING_HELD && agreement.kind !== 'nothing';
  if (isOpen || !mayAdopt || !file.adoptCatalogue(toAgreed(current), scopeDigest(current))) return held;
  return toHeld(toAgreement(file.record()), current);
}

function toHeld(agreement: Agreement, current: ConsentScope): HeldBack {
  switch (agreement.kind) {
    case 'nothing':
      return NOTHING_HELD;
    case 'scope':
      return toHeldBack(agreement.scope, current);
    case 'digest':
      return agreement.digest === scopeDigest(current) ? NOTHING_HELD : EVERYTHING_HELD;
    case 'version':
      return agreement.version === scopeVersion(current) ? NOTHING_HELD : EVERYTHING_HELD;
    default:
      return agreement satisfies never;
  }
}

function compareWith(
  agreement: Agreement,
  current: ConsentScope,
): Pick<Comparison, 'agreed' | 'changes' | 'held'> {
  if (agreement.kind === 'scope') {
    const changes = compareScopes(agreement.scope, current);
    const held = changes.filter(isWidening).map(({ path }) => path);
    return { agreed: agreement.scope, changes, held };
  }
  const isHeld = toHeld(agreement, current) === EVERYTHING_HELD;
  const isSame = agreement.kind !== 'nothing' && !isHeld;
  return { agreed: isSame ? current : undefined, changes: [], held: isHeld ? ['*'] : [] };
}

/** A server that the person has named is their own act, and stays beside the one they agreed to. */
function currentScope({ scope, isOwnRecipient }: CoverageParts, agreement: Agreement): ConsentScope {
  const current = scope();
  const { recipient } = agreement.kind === 'scope' ? agreement.scope : current;
  return isOwnRecipient ? { ...current, recipient } : current;
}
