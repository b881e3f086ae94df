import { expect, it } from 'vitest';
import { INTENTS, inferIntent } from '../../../../examples/code-search/index.js';

it.each([
  ['', 'UNDERSTAND'],
  ['ConfigError', 'UNDERSTAND'],
  ['what does the batcher do', 'UNDERSTAND'],
  ['where is the test helper', 'UNDERSTAND'],
  ['add a new sink', 'IMPLEMENT'],
  ['Fix the failing test', 'DEBUG'],
  ['why is the queue empty', 'DEBUG'],
  ['tests of the scrubber', 'TEST'],
  ['environment variables', 'CONFIGURE'],
  ['README of the server', 'DOCUMENT'],
])('takes %j for %s', (query, intent) => {
  expect(inferIntent(query)).toBe(intent);
  expect(INTENTS).toContain(intent);
});
