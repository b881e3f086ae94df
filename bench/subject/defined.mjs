import { INTENTS, MODES, STATES, STATUSES } from './fields.mjs';

/**
 * The event of `fields.mjs` by `defineEvent` and Sotto's builders.
 *
 * @param {typeof import('../../dist/index.js')} sotto
 * @param {string} name
 */
export function defineWithBuilders({ bool, defineEvent, integer, number, oneOf, plain, ...rules }, name) {
  const howMany = () => plain(integer({ min: 0, max: 1_000_000 }));
  return defineEvent(name, {
    intent: plain(oneOf(...INTENTS)),
    mode: plain(oneOf(...MODES)),
    status: plain(oneOf(...STATUSES)),
    indexState: plain(oneOf(...STATES)),
    executionTimeMs: plain(number({ min: 0, max: 3_600_000 })),
    candidates: howMany(),
    returned: howMany(),
    tokenCount: howMany(),
    coverage: plain(number({ min: 0, max: 1 })),
    summaryLength: howMany(),
    hasWarnings: plain(bool()),
    isCached: plain(bool()),
    ...conversions(rules),
  });
}

/** The same event by `defineEvent` and a maker's own zod schemas. */
export function defineWithZod({ defineEvent, plain, ...rules }, { z }, name) {
  const plainFields = Object.entries(zodSchemas(z)).map(([field, schema]) => [field, plain(schema)]);
  return defineEvent(name, { ...Object.fromEntries(plainFields), ...conversions(rules) });
}

/** Of the twelve fields that may leave as they are. @param {typeof import('zod').z} z */
export function zodSchemas(z) {
  const howMany = () => z.int().min(0).max(1_000_000);
  return {
    intent: z.enum(INTENTS),
    mode: z.enum(MODES),
    status: z.enum(STATUSES),
    indexState: z.enum(STATES),
    executionTimeMs: z.number().min(0).max(3_600_000),
    candidates: howMany(),
    returned: howMany(),
    tokenCount: howMany(),
    coverage: z.number().min(0).max(1),
    summaryLength: howMany(),
    hasWarnings: z.boolean(),
    isCached: z.boolean(),
  };
}

const conversions = ({ count, hash, textCount }) => ({
  query: textCount(),
  repository: hash({ identity: 'repository' }),
  results: count(),
});
