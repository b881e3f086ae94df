import { describe, expect, it } from 'vitest';
import { assertOrigin } from '../../../../src/server/http/guards/origin.js';

const HOST = 'localhost:8001';
const GUI = 'http://localhost:5173';

function isAnswered(origin: string | undefined, site: string | undefined, allowed: readonly string[] = []) {
  try {
    assertOrigin({ host: HOST, origin, site }, allowed);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'REQUEST_FORBIDDEN' });
    return false;
  }
}

describe('the page that makes a request', () => {
  it.each([
    ['a program, which is no page', undefined, undefined],
    ['the address bar', undefined, 'none'],
    ['a page of the same origin that only reads', undefined, 'same-origin'],
    ['a page of the same origin', `http://${HOST}`, 'same-origin'],
    ['one behind a proxy that speaks TLS', `https://${HOST}`, 'same-origin'],
  ])('may be %s', (_what, origin, site) => {
    expect(isAnswered(origin, site)).toBe(true);
  });

  it.each([
    ['a page of the internet', 'https://evil.example', 'cross-site'],
    ['one that does not say where it is from', undefined, 'cross-site'],
    ['a file or a sandboxed frame', 'null', 'cross-site'],
    ['a page of another program on this machine', GUI, 'same-site'],
    ['one of another program that does not say its origin', undefined, 'same-site'],
    ['one of which two things are said', `http://${HOST}`, 'same-site'],
    ['one of a relation that nobody knows', undefined, 'same-universe'],
    ['one of two relations', undefined, 'same-origin, cross-site'],
    ['one whose host only begins alike', `http://${HOST}.evil.example`, undefined],
    ['one of another scheme', `ftp://${HOST}`, undefined],
    ['nonsense', 'http://', undefined],
    ['an empty origin', '', undefined],
  ])('may not be %s', (_what, origin, site) => {
    expect(isAnswered(origin, site)).toBe(false);
  });

  it('may be one that an option allows, and nobody else then', () => {
    expect(isAnswered(GUI, 'same-site', [GUI])).toBe(true);
    expect(isAnswered(GUI, 'cross-site', [GUI])).toBe(true);
    expect(isAnswered('https://evil.example', 'cross-site', [GUI])).toBe(false);
    expect(isAnswered('null', 'cross-site', [GUI])).toBe(false);
  });
});
