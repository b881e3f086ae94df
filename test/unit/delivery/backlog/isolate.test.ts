import { describe, expect, it } from 'vitest';
import { isolate, type Trial } from '../../../../src/delivery/backlog/isolate.js';

const LETTERS = [...'abcdefghij'];

/** A server that fails at some letters; the number of requests it got. */
function createServer(...bad: readonly string[]) {
  const parts: string[] = [];
  const attempt = async (part: readonly string[]): Promise<Trial> => {
    parts.push(part.join(''));
    return part.some((letter) => bad.includes(letter)) ? 'failed' : 'passed';
  };
  return { parts, attempt };
}

describe('the one event that a server fails at', () => {
  it.each(LETTERS)('is found among others, all of which pass: %s', async (bad) => {
    const { parts, attempt } = createServer(bad);
    expect(await isolate(LETTERS, attempt, false)).toEqual({ event: bad });
    const passed = parts.filter((part) => !part.includes(bad)).join('');
    expect([...passed].sort().join('')).toBe(LETTERS.filter((letter) => letter !== bad).join(''));
  });

  it.each<[string, boolean, readonly string[], unknown, readonly string[]]>([
    ['it fails again while the server takes others', true, ['a'], { event: 'a' }, ['a']],
    ['the server has taken nothing else', false, ['a'], 'failed', []],
    ['it passes now', true, [], 'passed', ['a']],
  ])('is one that was alone from the start only when %s', async (_, isWell, bad, found, requests) => {
    const { parts, attempt } = createServer(...bad);
    expect(await isolate(['a'], attempt, isWell)).toEqual(found);
    expect(parts).toEqual(requests);
  });

  it('is none when a server fails at all, which costs two requests', async () => {
    const { parts, attempt } = createServer(...LETTERS);
    expect(await isolate(LETTERS, attempt, true)).toBe('failed');
    expect(parts).toEqual(['abcde', 'fghij']);
  });

  it('is none when all pass the second time', async () => {
    const { attempt } = createServer();
    expect(await isolate(LETTERS, attempt, false)).toBe('passed');
  });

  it('remains unknown when an attempt says nothing', async () => {
    expect(await isolate(LETTERS, async () => 'unclear', true)).toBe('unclear');
    expect(await isolate(['a'], async () => 'unclear', true)).toBe('unclear');
  });
});
