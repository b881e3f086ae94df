import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';

/** The machine itself, or any address: they say nothing about anyone. */
const NOBODY = /^(?:127\.|0\.0\.0\.0|255\.255\.255\.255)/;
/** `Chrome/120.0.0.0`, `v1.2.3.4`, `version 1.2.3.4`. */
const VERSION_BEFORE = /(?:[A-Za-z]\/|\bv|\bversion[ :=]{1,2})$/i;

const ipv4: Rule = patternRule(
  { name: 'ipv4', kind: 'ip', needs: Trait.dottedDigits },
  new RegExp(`(?<![\\w.]|\\d[-:])${OCTET}(?:\\.${OCTET}){3}(?:/\\d{1,2})?(?![\\w]|-[A-Za-z]|\\.\\d)`, 'g'),
  (match, text, start) =>
    !NOBODY.test(match) && !VERSION_BEFORE.test(text.slice(Math.max(0, start - 9), start)),
);

/** `ip-10-20-31-44`, the host names of cloud machines. */
const ipv4InHostName: Rule = patternRule(
  { name: 'ipv4-host-name', kind: 'ip', needs: Trait.nearDigits | Trait.hostWord },
  new RegExp(`\\bip-(?<secret>${OCTET}(?:-${OCTET}){3})(?![\\w])`, 'dg'),
);

const ipv6: Rule = patternRule(
  { name: 'ipv6', kind: 'ip', needs: Trait.closeColons, probe: /::|:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:/ },
  /[0-9A-Fa-f:](?<![\w:.][0-9A-Fa-f:])(?:(?<=:):|[0-9A-Fa-f]{0,3}:)[0-9A-Fa-f:]{1,38}(?:(?<=:\d{1,3})(?:\.\d{1,3}){3})?(?:%\w{1,15})?(?:\/\d{1,3})?(?![\w:])/g,
  (match) => isIpv6(match.replace(/[%/].*$/, '')),
);

const mac: Rule = patternRule(
  { name: 'mac', kind: 'mac', needs: Trait.hexGroups, probe: /[:-][0-9A-Fa-f]{2}[:-]|\.[0-9A-Fa-f]{4}\./ },
  /(?<![\w:.-])(?:[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-]|\.\w)/g,
  (match) => !/^[0:.-]+$/.test(match),
);

/**
 * A UUID is opaque, but in telemetry it is nearly always the id of a person, a device or a session, which links
 * what must not be linked.
 */
const uuid: Rule = patternRule(
  { name: 'uuid', kind: 'uuid', needs: Trait.dash | Trait.veryLongWord },
  /[0-9A-Fa-f](?<![0-9A-Za-z][0-9A-Fa-f])[0-9A-Fa-f]{7}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Za-z])/g,
);

export const networkRules: readonly Rule[] = [uuid, mac, ipv6, ipv4, ipv4InHostName];

/**
 * Eight groups, or fewer around one `::`. A shortened address must start as assigned ranges do (global, local,
 * multicast, NAT64, mapped), since `a::b` is a name in C++ and Rust.
 */
function isIpv6(candidate: string): boolean {
  if (!candidate.includes('::') && candidate.length < 15) return false;
  const dotted = candidate.indexOf('.');
  const address = dotted < 0 ? candidate : `${candidate.slice(0, candidate.lastIndexOf(':') + 1)}0:0`;
  if (/[^:]{5}|:::|[^:]:$/.test(address) || /^::1?$/.test(candidate)) return false;

  const halves = address.split('::');
  const groups = address.split(':').filter((group) => group !== '').length;
  if (halves.length > 2) return false;
  if (halves.length === 1) return groups === 8 && !/^:|:$/.test(address);
  return (
    groups <= 7 &&
    /^(?:|0|64|[23][0-9a-f]{3}|f[cdef][0-9a-f]{2})$/i.test(address.slice(0, address.indexOf(':')))
  );
}
