import { describe, expect, it } from 'vitest';
import { assertHost } from '../../../../src/server/http/guards/host.js';

const refused = { code: 'REQUEST_FORBIDDEN' };

describe('the name a request comes to', () => {
  it.each([
    'localhost',
    'localhost:8001',
    'LOCALHOST:1',
    '127.0.0.1',
    '127.0.0.1:8001',
    '[::1]',
    '[::1]:8001',
  ])('may be %s', (host) => {
    expect(() => assertHost(host, [])).not.toThrow();
  });

  it.each([
    'evil.example',
    'evil.example:8001',
    'localhost.evil.example',
    'localhost.',
    '127.0.0.1.evil.example',
    '0.0.0.0:8001',
    '[::]:8001',
    'localhost:8001@evil.example',
    'localhost, evil.example',
    'localhost:',
    '::1',
    '',
  ])('may not be %j', (host) => {
    expect(() => assertHost(host, [])).toThrow(expect.objectContaining(refused));
  });

  it('may be one that an option allows, with any port', () => {
    expect(() => assertHost('Devbox.local:99', ['devbox.local'])).not.toThrow();
    expect(() => assertHost('other.local:99', ['devbox.local'])).toThrow(expect.objectContaining(refused));
  });
});
