import {
  aggregate,
  boolean,
  count,
  distribution,
  event,
  forbidden,
  hash,
  number,
  oneOf,
  plain,
  TelemetryEvent,
  textCount,
} from 'sotto';

/** An event with every kind of field. */
@event('code_search')
export class CodeSearch extends TelemetryEvent {
  @plain(oneOf('UNDERSTAND', 'DEBUG')) intent!: 'UNDERSTAND' | 'DEBUG';
  @plain(number({ min: 0, max: 60_000, decimals: 2 })) executionTimeMs!: number;
  @textCount({ withToolsOverPrivacy: 'redact' }) query!: string;
  @hash({ identity: 'repository' }) repository: string | undefined;
  @hash({ scope: 'session' }) tab: string | undefined;
  @count() results!: readonly string[];
  @distribution(['go', 'rust']) languages!: readonly string[];
  @aggregate('mean', { decimals: 3 }) scores!: readonly number[];
  @boolean() configPath: string | undefined;
  @forbidden() apiKey: string | undefined;
}

/** A search with something private in every free text. */
export function buildCodeSearch(): CodeSearch {
  return CodeSearch.create({
    intent: 'DEBUG',
    executionTimeMs: 12.345,
    query: 'why does jane.doe@example.com see /home/jane/secret-plan.txt',
    repository: 'git@example.com:jane/secret-repository.git',
    tab: 'jane-first-tab',
    results: ['secret-result-one', 'secret-result-two'],
    languages: ['go', 'secret-language', 'rust', 'go'],
    scores: [0.25, 0.5],
    configPath: '/home/jane/.config/secret.toml',
    apiKey: 'sk-secret-0123456789abcdef',
  });
}
