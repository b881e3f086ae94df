import { describe, expect, it } from 'vitest';
import { assertOwnMachine } from '../../../../src/server/http/index.js';

const ENV = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
const ask = (headers: Record<string, string>) => () =>
  assertOwnMachine(new Request('http://127.0.0.1:8001/metrics', { headers }), ENV);

describe('what only programs of this machine are answered', () => {
  it('is for a request that comes straight from one of them', () => {
    expect(ask({ accept: 'text/plain' })).not.toThrow();
  });

  it.each([
    ['forwarded', 'for=203.0.113.7'],
    ['x-forwarded-for', '203.0.113.7'],
    ['X-Forwarded-For', '127.0.0.1'],
    ['x-forwarded-for', ''],
    ['x-real-ip', '203.0.113.7'],
  ])('is not for one that a proxy of this machine hands on, with %s: %s', (name, value) => {
    expect(ask({ [name]: value })).toThrow(expect.objectContaining({ code: 'REQUEST_FORBIDDEN' }));
  });
});
