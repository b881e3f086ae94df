/** Shows what is collected with its reasons: what it is for, who answers for it, and until when. */
import { defineEvent, forbidden, integer, number, oneOf, plain, SearchEvent, SessionEvent } from 'sotto';

const OWNER = 'the makers of code-search';

/** A folder was indexed. */
export const IndexBuilt = defineEvent(
  'index_built',
  {
    files: plain(integer({ min: 0, max: 10_000_000 })),
    coverage: plain(number({ min: 0, max: 1, decimals: 2 }), {
      purpose: 'noticing kinds of files that cannot be read',
    }),
    elapsed_ms: plain(number({ min: 0, max: 3_600_000, decimals: 0 }), {
      purpose: 'deciding whether the index has to be kept between two runs',
      expires: '2028-01-01',
    }),
    root: forbidden(),
  },
  { isPrefixed: true, purpose: 'learning how large the folders are that people search', owner: OWNER },
);

/** What every event of a run says of it. */
export class Run {
  @plain(oneOf('command line', 'demonstration'), { purpose: 'telling use from demonstrations', owner: OWNER })
  interface: 'command line' | 'demonstration';

  constructor(kind: Run['interface']) {
    this.interface = kind;
  }
}

/** The whole list: the person is shown it, and nothing else leaves. */
export const EVENTS = [SearchEvent, SessionEvent, IndexBuilt, Run];
