import { isLoopback } from './loopback.js';
import { onlyNarrows } from './only-narrows.js';
import type { SettingWarning } from './settings.js';
import { type Environment, findLoaded } from './variables.js';
import { mayWiden } from './word.js';

/** The proxies on the way out, as they were named. They may hold a password: never shown to anybody. */
export interface Proxies {
  /** For requests over http; empty when there is none. */
  readonly http: string;
  /** For requests over https; empty when there is none. */
  readonly https: string;
  /** Where neither is used, as a list of names; may be empty. */
  readonly exceptions: string;
}

/** What the platform has for them. The lower case comes first, as it does for curl. */
const HTTP = ['http_proxy', 'HTTP_PROXY'];
const HTTPS = ['https_proxy', 'HTTPS_PROXY'];
const EXCEPTIONS = ['no_proxy', 'NO_PROXY'];

const NO_PROXIES: Proxies = { http: '', https: '', exceptions: '' };

/**
 * The proxies that the environment names at this moment: whatever the program loads into it later is not heard. None is used
 * once `.env` may have named one, for it may have come with somebody else's project, and what is sent would pass through a
 * machine of theirs. Nor does it say where none is used: what a network wants to see would go around its proxy.
 */
export function findProxies(
  environment: Environment,
  isGiven: boolean,
): { readonly proxies: Proxies; readonly warnings: readonly SettingWarning[] } {
  const { env } = environment;
  const untrusted = (names: readonly string[]) =>
    findLoaded(names, environment).filter((word) => word.said !== '' && !mayWiden(word, isGiven));
  const named = readNamedProxies(env);
  if (named.http === '' && named.https === '') return { proxies: NO_PROXIES, warnings: [] };

  const proxies = untrusted([...HTTP, ...HTTPS]);
  if (proxies.length > 0) return { proxies: NO_PROXIES, warnings: proxies.map(onlyNarrows) };
  const exceptions = untrusted(EXCEPTIONS);
  const trusted = EXCEPTIONS.filter((variable) => exceptions.every(({ name }) => name !== variable));
  return { proxies: { ...named, exceptions: firstOf(trusted, env) }, warnings: exceptions.map(onlyNarrows) };
}

/** As they are named, for a process into whose environment nobody loads a `.env`. */
export function readNamedProxies(env: Environment['env']): Proxies {
  return { http: firstOf(HTTP, env), https: firstOf(HTTPS, env), exceptions: firstOf(EXCEPTIONS, env) };
}

/** The same in few words, for a process that resolves no settings. */
export function readProxies(environment: Environment): Proxies {
  return findProxies(environment, false).proxies;
}

/** Whether a variable names a proxy, or where none is used, in any case. */
export function isProxyVariable(name: string): boolean {
  return /^(?:https?|no)_proxy$/i.test(name);
}

/** The variables by which another process finds the same proxies, if it is given no other {@link isProxyVariable}. */
export function toProxyVariables({ http, https, exceptions }: Proxies): Readonly<Record<string, string>> {
  const variables = Object.entries({ HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: exceptions });
  return Object.fromEntries(variables.filter(([, text]) => text !== ''));
}

/**
 * The proxy on the way to an address.
 *
 * @returns undefined when there is none; never one for this machine, whatever they say: what is sent to it must not leave it
 * @throws `TypeError` when what was named is no address. The message never tells what it is
 */
export function proxyFor(address: URL, { http, https, exceptions }: Proxies): URL | undefined {
  const text = { 'http:': http, 'https:': https }[address.protocol] ?? '';
  if (text === '' || isLoopback(address) || isException(address, exceptions)) return undefined;
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(url)) throw new TypeError('The variable of the proxy holds no address.');
  return new URL(url);
}

/** `.acme.test`, `*.acme.test` and `acme.test` all mean the name and those below it; a port makes it that port only. */
function isException({ protocol, hostname, port }: URL, list: string): boolean {
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return list.split(/[,\s]+/).some((entry) => {
    const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(withBrackets(entry.toLowerCase()))!;
    if (name === '' || (onlyPort !== undefined && onlyPort !== ownPort)) return false;
    const bare = name.replace(/^\*?\./, '');
    return name === '*' || hostname === bare || hostname.endsWith(`.${bare}`);
  });
}

/** An IPv6 address as it stands in a URL. */
const withBrackets = (entry: string) =>
  /^[\da-f:]*:[\da-f]*:[\da-f:.]*$/.test(entry) ? `[${entry}]` : entry;

function firstOf(names: readonly string[], env: Environment['env']): string {
  const texts = names.map((name) => env[name]?.trim() ?? '');
  return texts.find((text) => text !== '') ?? '';
}
