import { describe, expect, it } from 'vitest';
import { isProxyVariable, proxyFor, readProxies, toProxyVariables } from '../../../src/settings/index.js';
import { resolve, warningsOf } from './support.js';

const PROXY = 'http://ada:secret@proxy.example:3128';
const NAMES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

const NONE = { http: '', https: '', exceptions: '' };

/** The proxy as text; undefined when there is none. */
const proxyOf = (address: string, env: Record<string, string>) =>
  proxyFor(new URL(address), readProxies({ env, dotenv: {} }))?.href;

describe('the proxies', () => {
  it.each(NAMES)('are told by %s', (name) => {
    const expected = { ...NONE, [name.slice(0, -6).toLowerCase()]: PROXY };
    expect(resolve({ env: { [name]: PROXY } }).proxies).toEqual(expected);
    expect(readProxies({ env: { [name]: PROXY }, dotenv: {} })).toEqual(expected);
  });

  it('are those of the moment, whatever is loaded into the environment later', () => {
    const env: Record<string, string> = { HTTPS_PROXY: PROXY, NO_PROXY: 'ours' };
    const { proxies } = resolve({ env });
    Object.assign(env, { https_proxy: 'http://theirs', HTTP_PROXY: 'http://theirs', NO_PROXY: '*' });
    expect(proxies).toEqual({ http: '', https: PROXY, exceptions: 'ours' });
    expect(Object.isFrozen(proxies)).toBe(true);
  });

  it.each([
    ['nothing', {}],
    ['empty variables', { HTTP_PROXY: '', https_proxy: ' ' }],
    ['exceptions alone', { NO_PROXY: '*' }],
  ])('are none with %s', (_, env) => {
    expect(resolve({ env }).proxies).toEqual(NONE);
  });

  it.each(NAMES)('are not told by a %s in .env, also when the program loaded it', (name) => {
    const dotenv = { [name]: PROXY };
    expect(resolve({ dotenv })).toMatchObject({ proxies: NONE, warnings: [] });
    const loaded = resolve({ env: { HTTPS_PROXY: 'http://ours.example', ...dotenv }, dotenv });
    expect(loaded.proxies).toEqual(NONE);
    expect(warningsOf(loaded)).toEqual([`DOTENV_ONLY_NARROWS ${name} in .env`]);
    expect(readProxies({ env: dotenv, dotenv })).toEqual(NONE);
    expect(Object.values(resolve({ env: dotenv, dotenv }, { consent: 'given' }).proxies)).toContain(PROXY);
  });

  it.each(['no_proxy', 'NO_PROXY'])('are not gone around by a %s in .env that the program loaded', (name) => {
    const dotenv = { [name]: '*' };
    const loaded = resolve({ env: { HTTPS_PROXY: PROXY, ...dotenv }, dotenv });
    expect(loaded.proxies).toEqual({ ...NONE, https: PROXY });
    expect(warningsOf(loaded)).toEqual([`DOTENV_ONLY_NARROWS ${name} in .env`]);
    expect(resolve({ env: dotenv, dotenv }).warnings).toEqual([]);
    const given = resolve({ env: { HTTPS_PROXY: PROXY, ...dotenv }, dotenv }, { consent: 'given' });
    expect(given.proxies.exceptions).toBe('*');
  });

  it('heed the other spelling of NO_PROXY, where .env has one', () => {
    const env = { HTTPS_PROXY: PROXY, no_proxy: '*', NO_PROXY: 'ours' };
    expect(readProxies({ env, dotenv: { no_proxy: '*' } }).exceptions).toBe('ours');
  });

  it('stand in no warning', () => {
    const dotenv = { HTTPS_PROXY: PROXY, NO_PROXY: 'proxy.example' };
    expect(JSON.stringify(resolve({ env: dotenv, dotenv }).warnings)).not.toMatch(/secret|proxy\.example/);
  });

  it.each([NONE, { http: PROXY, https: '', exceptions: '' }, { http: 'a', https: 'b', exceptions: 'c, d' }])(
    'are found again by another process: %j',
    (proxies) => {
      const env = toProxyVariables(proxies);
      expect(readProxies({ env, dotenv: {} })).toEqual(proxies);
      expect(Object.keys(env).every(isProxyVariable)).toBe(true);
      expect(Object.values(env)).not.toContain('');
    },
  );
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
