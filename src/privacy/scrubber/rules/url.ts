import { isGenericName } from '../generic-names.js';
import { forEachMatch, matchEnd } from '../matching.js';
import type { Claim, Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { looksRandom } from './value-judgement.js';

const AUTHORITY = /[^\s"'`<>\\/?#]{1,1024}/y;
/** A password with an unescaped `/`, `?` or `#` goes on to the `@`. */
const MAX_REST = 256;
const REST_OF_PASSWORD = /[^\s"'`<>\\@]{1,256}/y;
const HOST_AND_PORT = /^(?:\[[^\]]*\]|[^:!&=+*,;()]*)(?::\d*)?$/;
/** Up to the query or the fragment, or to the next URL. */
const PATH = /(?:[^\s"'`<>\\?#:]|:(?!\/\/))+/y;
const QUERY = /[?#][^\s"'`<>\\]{1,8192}/y;
const PARAMETER = /[^?&#=]+(=[^&#]*)?/g;
/** Switches and small numbers, which say nothing of anybody. */
const HARMLESS = /^=(?:true|false|on|off|yes|no|null|\d{1,3})$/i;
const OPENS =
  /hook|invite|invitation|reset|verify|confirm|magic|unsubscribe|share|token|secret|callback|\/(?:join|key|auth)\//i;
const SEGMENT = /(?<=\/)[\w-]{16,}(?![\w.-])/g;
/** Names of services rather than of people. */
const SERVICE_USER = /^(?:git|hg|svn)$/;
const ONLY_REFERENCES = /^(?:\$\{[^}]*\}|\$\w+|:)+$/;

/**
 * URLs: the user and password before the host, and each value of the query or of a fragment built like one. Scheme,
 * host, path and parameter names stay.
 */
export const url: Rule = {
  name: 'url',
  kind: 'credentials',
  needs: Trait.urlMark,
  find(text, claim) {
    let mark = text.indexOf('://');
    while (mark >= 0) {
      const start = mark + 3;
      const hostStart = afterUserInfo(text, start);
      if (hostStart > start) claimUserInfo(text, start, hostStart - 1, claim);

      const query = matchEnd(PATH, text, hostStart) ?? hostStart;
      claimKeysOfHooks(text.slice(hostStart, query), hostStart, claim);
      const end = matchEnd(QUERY, text, query);
      if (end !== undefined) claimParameters(text.slice(query, end).replace(/[).,;:\]]+$/, ''), query, claim);
      mark = text.indexOf('://', end ?? query);
    }
  },
};

/** Whoever knows the path of an incoming hook, an invitation or a way back in may use it. */
function claimKeysOfHooks(address: string, offset: number, claim: Claim): void {
  if (!OPENS.test(address)) return;
  forEachMatch(SEGMENT, address, ({ 0: segment, index }) => {
    if (looksRandom(segment) && (segment.match(/\d/g)?.length ?? 0) >= 3)
      claim(offset + index, offset + index + segment.length, 'token');
  });
}

/** The start of the host: behind the last `@` of the authority, or `start` if there is no user. */
function afterUserInfo(text: string, start: number): number {
  const end = matchEnd(AUTHORITY, text, start) ?? start;
  const hostStart = start + text.slice(start, end).lastIndexOf('@') + 1;
  if (HOST_AND_PORT.test(text.slice(hostStart, end))) return hostStart;

  if (!text.slice(end, end + MAX_REST + 1).includes('@')) return hostStart;
  const passwordEnd = matchEnd(REST_OF_PASSWORD, text, end);
  return passwordEnd !== undefined && text[passwordEnd] === '@' ? passwordEnd + 1 : hostStart;
}

function claimUserInfo(text: string, start: number, end: number, claim: Claim): void {
  const userInfo = text.slice(start, end);
  if (userInfo === '' || SERVICE_USER.test(userInfo) || ONLY_REFERENCES.test(userInfo)) return;
  const colon = userInfo.indexOf(':');
  // Beside a short password the account's name would be half of what goes.
  const isAnybody = colon > 0 && isGenericName(userInfo.slice(0, colon)) && userInfo.length > 2 * colon + 2;
  if (!isAnybody) claim(start, end);
  else if (colon + 1 < userInfo.length) claim(start + colon + 1, end);
}

/** @param query - from its `?` or `#` on; a fragment without `=` is an anchor and stays */
function claimParameters(query: string, offset: number, claim: Claim): void {
  forEachMatch(PARAMETER, query, (parameter) => {
    const value = parameter[1];
    const isAnchor = value === undefined && query[parameter.index - 1] === '#';
    const end = offset + parameter.index + parameter[0].length;
    const length = value === undefined ? parameter[0].length : value.length - 1;
    if (length > 0 && !isAnchor && !HARMLESS.test(value ?? '')) claim(end - length, end, 'query');
  });
}
