/**
 * The data that both sides are given: what a code search tool knows after a search. Fifteen properties, of which twelve
 * may leave as they are and three may not (the query, the repository, the results).
 */
const REPOSITORIES = ['github.com/acme/storefront', 'github.com/acme/billing', 'github.com/acme/docs'];
const RESULTS = ['src/cart.ts', 'src/cart/total.ts', 'test/cart.test.ts', 'docs/cart.md'];

export const INTENTS = ['UNDERSTAND', 'IMPLEMENT', 'DEBUG'];
export const MODES = ['keyword', 'semantic', 'hybrid'];
export const STATES = ['ready', 'building', 'stale'];
export const STATUSES = ['success', 'partial', 'failed'];

/**
 * @param {number} index of the event; the values vary with it as those of a tool at work do
 * @param {string} repository hashed on our side; one of three unless given
 */
export function createFields(index, repository = REPOSITORIES[index % 3]) {
  return {
    intent: INTENTS[index % 3],
    mode: MODES[index % 3],
    status: STATUSES[0],
    indexState: STATES[0],
    executionTimeMs: 12.5 + (index % 100),
    candidates: 100 + (index % 50),
    returned: 4,
    tokenCount: 512 + (index % 64),
    coverage: 0.97,
    summaryLength: 180,
    hasWarnings: false,
    isCached: index % 2 === 0,
    query: 'where is the total of a cart computed',
    repository,
    results: RESULTS,
  };
}
