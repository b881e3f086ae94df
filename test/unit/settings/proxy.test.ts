import { describe, expect, it } from 'vitest';
import { proxyFor, readHasProxy } from '../../../src/settings/index.js';
import { resolve, warningsOf } from './support.js';

const PROXY = 'http://ada:secret@proxy.example:3128';
const NAMES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

/** The proxy as text; undefined when there is none. */
const proxyOf = (address: string, env: Record<string, string>) => proxyFor(new URL(address), env)?.href;

describe('whether there is a proxy', () => {
  it.each(NAMES)('is told by %s', (name) => {
    expect(resolve({ env: { [name]: PROXY } }).hasProxy).toBe(true);
    expect(readHasProxy({ env: { [name]: PROXY }, dotenv: {} })).toBe(true);
  });

  it.each([
    ['nothing', {}],
    ['empty variables', { HTTP_PROXY: '', https_proxy: ' ' }],
    ['exceptions alone', { NO_PROXY: '*' }],
  ])('is a no for %s', (_, env) => {
    expect(resolve({ env }).hasProxy).toBe(false);
  });

  it.each(NAMES)('is not told by a %s in .env, also when the program loaded it', (name) => {
    const dotenv = { [name]: PROXY };
    expect(resolve({ dotenv })).toMatchObject({ hasProxy: false, warnings: [] });
    const loaded = resolve({ env: { HTTPS_PROXY: 'http://ours.example', ...dotenv }, dotenv });
    expect(loaded.hasProxy).toBe(false);
    expect(warningsOf(loaded)).toEqual([`DOTENV_ONLY_NARROWS ${name} in .env`]);
    expect(readHasProxy({ env: dotenv, dotenv })).toBe(false);
    expect(resolve({ env: dotenv, dotenv }, { consent: 'given' }).hasProxy).toBe(true);
  });

  it('never shows what the variable holds', () => {
    const dotenv = { HTTPS_PROXY: PROXY };
    const settings = [resolve({ env: dotenv }), resolve({ env: dotenv, dotenv })];
    expect(JSON.stringify(settings)).not.toMatch(/secret|proxy\.example/);
  });
});

describe('the proxy on the way to an address', () => {
  it.each([
    ['https://eu.example', { HTTPS_PROXY: PROXY }, `${PROXY}/`],
    ['https://eu.example', { https_proxy: 'http://lower:1', HTTPS_PROXY: PROXY }, 'http://lower:1/'],
    ['https://eu.example', { https_proxy: '', HTTPS_PROXY: PROXY }, `${PROXY}/`],
    ['https://eu.example', { HTTPS_PROXY: 'proxy.example:3128' }, 'http://proxy.example:3128/'],
    ['https://eu.example', { HTTPS_PROXY: 'https://proxy.example' }, 'https://proxy.example/'],
    ['https://eu.example', { HTTP_PROXY: PROXY }, undefined],
    ['http://eu.example', { HTTP_PROXY: PROXY }, `${PROXY}/`],
    ['http://eu.example', { HTTPS_PROXY: PROXY }, undefined],
  ])('%s with %j', (address, env, expected) => {
    expect(proxyOf(address, env as Record<string, string>)).toBe(expected);
  });

  it.each(['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://a.localhost'])(
    'is none for %s: what is meant for this machine does not leave it',
    (address) => {
      expect(proxyOf(address, { HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY })).toBeUndefined();
    },
  );

  it.each([
    ['*'],
    ['eu.example'],
    ['.example'],
    ['*.example'],
    ['EXAMPLE'],
    ['other, eu.example'],
    ['other eu.example:443'],
    ['example:443'],
  ])('is gone around with NO_PROXY=%s', (exceptions) => {
    expect(proxyOf('https://eu.example', { HTTPS_PROXY: PROXY, NO_PROXY: exceptions })).toBeUndefined();
    expect(proxyOf('https://eu.example', { HTTPS_PROXY: PROXY, no_proxy: exceptions })).toBeUndefined();
  });

  it.each(['', 'other', 'u.example', 'eu.example:80', 'a.eu.example', ',', '.'])(
    'is not gone around with NO_PROXY=%j',
    (exceptions) => {
      expect(proxyOf('https://eu.example', { HTTPS_PROXY: PROXY, NO_PROXY: exceptions })).toBe(`${PROXY}/`);
    },
  );

  it.each(['2001:db8::1', '[2001:db8::1]', '[2001:db8::1]:8443'])('is gone around at %s', (exception) => {
    const env = { HTTPS_PROXY: PROXY, NO_PROXY: exception };
    expect(proxyOf('https://[2001:db8::1]:8443', env)).toBeUndefined();
  });

  it('is an error that tells nothing where the variable holds no address', () => {
    const ask = () => proxyOf('https://eu.example', { HTTPS_PROXY: 'http://ada:secret@:3128' });
    expect(ask).toThrow(/^The variable of the proxy holds no address\.$/);
  });
});
