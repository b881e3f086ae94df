import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../examples/code-search/arguments.js';

describe('the command line', () => {
  it.each([
    [['.', 'alpha beta'], { folder: '.', query: 'alpha beta', ranking: 'bm25', limit: 10 }],
    [['.', 'alpha', 'beta'], { query: 'alpha beta' }],
    [['.', 'alpha', '--ranking', 'proximity', '--limit=3'], { ranking: 'proximity', limit: 3 }],
    [['--limit', '100', '.', 'alpha'], { folder: '.', limit: 100 }],
    [['.', '--', '--limit'], { query: '--limit' }],
  ])('reads %j', (args, expected) => {
    expect(parseArguments(args)).toMatchObject({ kind: 'search', ...expected });
  });

  it.each([[['--help']], [['-h']], [['.', 'alpha', '--help']]])('asks for help with %j', (args) => {
    expect(parseArguments(args)).toEqual({ kind: 'help' });
  });

  it.each([
    [[], /Name a folder/],
    [['', 'alpha'], /Name a folder/],
    [['.'], /Say what to search for/],
    [['.', '  '], /Say what to search for/],
    [['.', 'alpha', '--ranking', 'best'], /bm25, proximity/],
    [['.', 'alpha', '--ranking'], /ranking/],
    [['.', 'alpha', '--limit', '0'], /from 1 to 100/],
    [['.', 'alpha', '--limit', '1e1'], /from 1 to 100/],
    [['.', 'alpha', '--limit', ''], /from 1 to 100/],
    [['.', 'alpha', '--unknown'], /--unknown/],
  ])('says what is wrong with %j', (args, message) => {
    expect(parseArguments(args)).toEqual({ kind: 'mistake', message: expect.stringMatching(message) });
  });
});
