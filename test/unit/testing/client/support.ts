import { count, defineEvent, hash, number, oneOf, plain, textCount } from 'sotto';

export const CodeSearch = defineEvent('code_search', {
  intent: plain(oneOf('DEBUG', 'UNDERSTAND')),
  query: textCount({ withToolsOverPrivacy: 'redact' }),
  repository: hash(),
  results: count(),
});

export const Timed = defineEvent('timed', {
  ms: plain(number({ min: 0, max: 1_000 }), { expires: '2026-02-01' }),
});

export const search = (query = 'who is Ada') =>
  CodeSearch.create({ intent: 'DEBUG', query, repository: 'git@host:ada/engine', results: [1, 2] });
