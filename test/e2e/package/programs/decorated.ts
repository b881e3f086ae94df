/** Events with every decorator, with a parent, and with a class inside: it prints what would leave of one. */
import {
  AnonymityConversion,
  aggregate,
  anonymize,
  boolean,
  count,
  createTelemetry,
  distribution,
  event,
  forbidden,
  hash,
  integer,
  nested,
  number,
  oneOf,
  plain,
  TelemetryEvent,
  textCount,
} from 'sotto';

class Match {
  @plain(integer({ min: 0, max: 100_000 })) line = 3;
  @textCount() text = 'where the total is';
  @hash({ identity: 'path' }) path = 'src/cart.ts';
}

class Searched extends TelemetryEvent {
  @plain(oneOf('exact', 'fuzzy')) mode!: 'exact' | 'fuzzy';
  @forbidden() apiKey?: string;
}

@event('code_search')
class CodeSearch extends Searched {
  @plain(number({ min: 0, max: 3_600_000 })) durationMs!: number;
  @textCount() query!: string;
  @count() results!: Match[];
  @nested(() => Match) best!: Match;
  @distribution(['typescript', 'python']) languages!: string[];
  @aggregate('mean') scores!: number[];
  @boolean() configPath?: string;
  @anonymize(AnonymityConversion.HASH, { identity: 'repository' }) repository?: string;
  declare undeclared?: string;
}

const search = CodeSearch.create({
  mode: 'fuzzy',
  apiKey: 'sk_made_up',
  durationMs: 12,
  query: 'total of a cart',
  results: [new Match(), new Match()],
  best: new Match(),
  languages: ['typescript', 'typescript', 'cobol'],
  scores: [0.5, 0.25],
  configPath: '/home/ada/.acme',
  repository: 'cart',
});
const preview = createTelemetry({ app: 'acme', version: '1.4.0' }).preview(search);
console.log(JSON.stringify(preview));
