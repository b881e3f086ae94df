/** Shows every decision a field can carry, with decorators, nested classes and zod for the plain ones. */
import {
  aggregate,
  boolean,
  count,
  distribution,
  event,
  forbidden,
  hash,
  nested,
  plain,
  TelemetryEvent,
  textCount,
} from 'sotto';
import { z } from 'zod';

class Match {
  @plain(z.enum(['definition', 'reference'])) kind!: 'definition' | 'reference';
  @forbidden() path!: string;
}

@event('code_search')
class CodeSearch extends TelemetryEvent {
  @plain(z.enum(['UNDERSTAND', 'DEBUG'])) intent!: 'UNDERSTAND' | 'DEBUG';
  @plain(z.number().min(0).max(3_600_000), { as: 'duration_ms' }) executionTimeMs!: number;
  @textCount({ withToolsOverPrivacy: 'redact' }) query!: string;
  @hash({ identity: 'repository' }) repository!: string;
  @nested(() => Match) matches!: Match[];
  @count() warnings!: string[];
  @distribution(['typescript', 'python']) languages!: string[];
  @aggregate('mean', { decimals: 2 }) scores!: number[];
  @boolean() configPath!: string | undefined;
  @forbidden() apiKey!: string;
}

const search = CodeSearch.create({
  intent: 'DEBUG',
  executionTimeMs: 12.5,
  query: 'where is the password of ada@example.org read?',
  repository: 'git@example.org:ada/secret-plans.git',
  matches: [Object.assign(new Match(), { kind: 'definition', path: '/home/ada/login.ts' })],
  warnings: [],
  languages: ['typescript', 'typescript', 'klingon'],
  scores: [0.9, 0.4, 0.45],
  configPath: '/home/ada/.acme.json',
  apiKey: 'sk-not-a-real-key',
});

// Outside a client there is no secret, so the hash is a marked placeholder here.
console.log(JSON.stringify(search.serializeForTelemetry(), null, 2));
