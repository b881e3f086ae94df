import { isGenericName } from '../generic-names.js';
import { type Accepts, patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { isNoSecret } from './value-judgement.js';

const isSomebody: Accepts = (match) => !isGenericName(match) && !isNoSecret(match);

/** `user 'x'`, `role "x"`, as databases write them. */
const quoted: Rule = patternRule(
  { name: 'user-quoted', kind: 'user', needs: Trait.personWord | Trait.quote },
  /\b(?:user|username|role|owner|account|login) (["'])(?<secret>[^"'\n<]{1,64})\1/dgi,
  isSomebody,
);

/** What daemons, sudo and ssh log: `Failed password for x from`, `session opened for user x`, `sudo: x : user NOT in sudoers`. */
const logged: Rule = patternRule(
  { name: 'user-logged', kind: 'user', needs: Trait.personWord, probe: / for |user |sudo?:|id=|logged in/i },
  /\b(?:(?:accepted|failed) (?:password|publickey|none) for (?:invalid user )?|invalid user |session (?:opened|closed) for (?:user )?|sudo: {1,8}|su: (?:to )?\(?|[ug]id=\d{1,10}\(|logged in as )(?<secret>[A-Za-z_][\w.-]{1,63})(?=\(uid| from\b| by\b| : |\)|$|\s)/dgi,
  isSomebody,
);

/** `x@host dir %`: the prompt of a shell at the beginning of a line. */
const prompt: Rule = patternRule(
  { name: 'user-prompt', kind: 'user', needs: Trait.mailMark },
  /(?<=^|\n|\[)(?<secret>[A-Za-z_][\w.-]{0,31}@[\w.-]{2,64})(?=[: ][^\n@]{0,128}?[%$#](?: |\n|$))/dg,
);

/** `ssh x@host`, `scp a x@host:b`. */
const remote: Rule = patternRule(
  { name: 'user-remote', kind: 'user', needs: Trait.personWord | Trait.mailMark },
  /\b(?:ssh|scp|sftp|rsync|mosh|sshpass)\b[^\n@]{0,128}?\s(?<secret>[A-Za-z_][\w.-]{0,31})(?=@[\w.-]{1,64})/dg,
  isSomebody,
);

/** `CORP\x` where a user is spoken of. */
const domain: Rule = patternRule(
  { name: 'user-domain', kind: 'user', needs: Trait.backslash },
  /(?:\b(?:user|account|login|logon|as|for|by|owner|runas)\b["']?[ :=]{1,3}|\s-u\s{1,4}|\/user:)["']?(?<secret>[A-Za-z][A-Za-z0-9-]{1,14}\\{1,2}[A-Za-z_][\w.$-]{1,63})/dgi,
);

/** Names that systems give to machines, with a person's name in one of them: `DESKTOP-7HV2KQ4`, `Ada-s-MacBook-Pro`. */
const machine: Rule = patternRule(
  {
    name: 'host-default',
    kind: 'host',
    needs: Trait.hostWord | Trait.dash,
    probe: /-(?:[A-Z0-9]{7}|[Mm]ac|iMac|iPhone|iPad)|Mac/,
  },
  /(?<![\w-])(?:(?:DESKTOP|LAPTOP)-[A-Z0-9]{7,8}|WIN-[A-Z0-9]{11}|(?:[A-Z][\w]{0,31}s?-){1,3}(?:s-)?(?:MacBook(?:-Pro|-Air)?|iMac|Mac-mini|Mac-Studio|iPhone|iPad)|(?:MacBook(?:-Pro|-Air)?|iMac|Mac-mini)-(?:von|de|di|van|do|da|del)-[A-Z]\w{0,31})(?:-\d{1,3})?(?:\.(?:local|lan|home|fritz\.box))?(?![\w-])/g,
);

/** The host that could not be reached, when its name is one of a private network. */
const privateHost: Rule = patternRule(
  {
    name: 'host-private',
    kind: 'host',
    needs: Trait.hostWord,
    probe: /\.(?:local|lan|intra|internal|corp|home|private|fritz)/,
  },
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ECONNRESET|connect to|resolve host:?|hostname|host|server)[ :=]{1,3}["']?(?<secret>[A-Za-z0-9](?:[\w-]{0,62}\.){1,6}(?:local|lan|intra|intranet|internal|corp|home|localdomain|private|fritz\.box))(?![\w.-]*[\w-])/dg,
  (match) => !/^(?:host|gateway|kubernetes|metadata)\./.test(match),
);

export const personRules: readonly Rule[] = [quoted, logged, prompt, remote, domain, machine, privateHost];
