import { isLoopback } from './loopback.js';
import { onlyNarrows } from './only-narrows.js';
import type { SettingWarning } from './settings.js';
import { type Environment, findLoaded } from './variables.js';
import { mayWiden } from './word.js';

type Variables = Environment['env'];

/** What the platform has for it, for one scheme each. The lower case comes first, as it does for curl. */
const PROXIES = { 'http:': ['http_proxy', 'HTTP_PROXY'], 'https:': ['https_proxy', 'HTTPS_PROXY'] } as const;
const EXCEPTIONS = ['no_proxy', 'NO_PROXY'];

/**
 * Whether the environment names a proxy. None is used once `.env` may have named one: it may have come with somebody else's
 * project, and what is sent would pass through a machine of theirs.
 */
export function findProxy(
  environment: Environment,
  isGiven: boolean,
): { readonly isUsed: boolean; readonly warnings: readonly SettingWarning[] } {
  const names = Object.values(PROXIES).flat();
  const loaded = findLoaded(names, environment).filter(
    (word) => word.said !== '' && !mayWiden(word, isGiven),
  );
  const isNamed = firstOf(names, environment.env) !== '';
  return { isUsed: isNamed && loaded.length === 0, warnings: loaded.map(onlyNarrows) };
}

/** The same in few words, for a process that resolves no settings. */
export function readHasProxy(environment: Environment): boolean {
  return findProxy(environment, false).isUsed;
}

/**
 * The proxy on the way to an address, as `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` have it now, each for its scheme.
 *
 * @returns undefined when there is none; never one for this machine, whatever they say: what is sent to it must not leave it
 * @throws `TypeError` when the variable holds no address. The message never tells what it holds
 */
export function proxyFor(address: URL, env: Variables = process.env): URL | undefined {
  const { protocol } = address;
  const text = protocol === 'http:' || protocol === 'https:' ? firstOf(PROXIES[protocol], env) : '';
  if (text === '' || isLoopback(address) || isException(address, firstOf(EXCEPTIONS, env))) return undefined;
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

function firstOf(names: readonly string[], env: Variables): string {
  const texts = names.map((name) => env[name]?.trim() ?? '');
  return texts.find((text) => text !== '') ?? '';
}
