import { describe, expect, it } from 'vitest';
import { type SearchDescription, toSearchEvent } from '../../../src/events/index.js';

const search = (
  response: SearchDescription['response'],
  others: Partial<SearchDescription> = {},
): ReturnType<ReturnType<typeof toSearchEvent>['serializeForTelemetry']> =>
  toSearchEvent({
    query: '',
    strategies: [],
    executionTimeMs: 1,
    response,
    ...others,
  }).serializeForTelemetry();

describe('a search as an event', () => {
  it.each([
    ['there are matches', { matches: [{}] }, 'success'],
    ['there are none', { matches: [] }, 'empty'],
    ['nothing is said', {}, 'empty'],
    ['it is given', { matches: [{}], status: 'partial' }, 'partial'],
    ['it is given and unknown', { status: 'crashed on /home/jane' }, 'other'],
  ])('has a status when %s', (_, response, status) => {
    expect(search(response).status).toBe(status);
  });

  it('has quality by the scores that are numbers only', () => {
    const matches = [{ score: 1 }, { score: Number.NaN }, {}, { score: 0 }];
    expect(search({ matches })).toMatchObject({
      quality: { avg_score: 0.5, min_score: 0, max_score: 1, median_score: 0.5 },
      match_types: { other: 4 },
      match_count: 4,
    });
  });

  it('has no quality, types or count of matches when none has a score', () => {
    const payload = search({ matches: [{ matchType: 'definition' }, { score: Number.POSITIVE_INFINITY }] });
    for (const name of ['quality', 'match_types', 'match_count']) expect(payload).not.toHaveProperty(name);
  });

  it.each([
    ['of the response', { languages: ['go', 'rust', 'go'], matches: [{ language: 'c' }] }, 2],
    ['of the matches', { matches: [{ language: 'go' }, { language: 'go' }, {}] }, 1],
  ])('counts the distinct languages %s', (_, response, count) => {
    expect(search(response).language_count).toBe(count);
  });

  it.each([
    ['its state', { indexState: 'stale' }, { state: 'stale' }],
    ['its coverage, zero too', { indexCoverage: 0 }, { state: 'unknown', coverage: 0 }],
    ['both', { indexState: 'janes-state', indexCoverage: 0.5 }, { state: 'other', coverage: 0.5 }],
  ])('says of the index %s', (_, response, index) => {
    expect(search(response).index).toEqual(index);
  });

  it.each([
    ['how is it built', 4],
    ['  two\twords \n', 2],
    ['', 0],
  ])('counts the words of %j where no tokens are given', (query, words) => {
    expect(search({}, { query }).query).toMatchObject({ token_count: words, char_count: query.length });
  });

  it('takes the number of tokens that is given', () => {
    expect(search({}, { query: 'a b c', queryTokenCount: 9 }).query).toMatchObject({ token_count: 9 });
  });

  it('keeps numbers that are given over what could be counted', () => {
    const response = { matches: [{}], candidates: 0, returned: 5, tokenCount: 7 };
    expect(search(response).results).toEqual({ candidates: 0, returned: 5, token_count: 7 });
  });

  it('says nothing of what was asked or found', () => {
    const payload = search(
      { summary: 'secret', warnings: ['secret'], matches: [{ language: 'secret', matchType: 'secret' }] },
      { query: 'secret', intent: 'secret', strategies: ['secret'], featureFlags: { secret: 'secret' } },
    );
    expect(JSON.stringify(payload)).not.toContain('secret');
  });
});
