import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { isNoSecret } from './value-judgement.js';

const isSecret = (match: string, text: string, start: number): boolean =>
  !isNoSecret(match) && !(/^[a-z]+$/.test(match) && /^ [a-z]/.test(text.slice(start + match.length)));

/** `-u user:password`, `--user 'user:password'`. */
const userOption: Rule = patternRule(
  { name: 'option-user', kind: 'credentials', needs: Trait.option | Trait.pairMark, probe: /\s-u|-user/ },
  /(?<=\s)(?:-u|--user|--proxy-user)(?:=|\s{1,4})["']?(?<secret>[^\s:"'<]{0,128}:[^\s"']{1,256})/dg,
  (match) => match.split(':').some((part) => part !== '' && !isNoSecret(part)) && !/^\$\{/.test(match),
);

/** `--password Summer`, `-Password Summer`, `--acme-api-key 1234`; with `=` it is a pair like any other. */
const secretOption: Rule = patternRule(
  { name: 'option-secret', kind: 'secret', needs: Trait.dash | Trait.secretWord },
  /-(?<![\w-]-)-?(?:[\w]{1,32}-){0,4}(?:password|passwd|pass|passphrase|secret|token|api-?key|access-?key|secret-?key|auth-?token)\s{1,4}(?:"(?=[^"\n]+")|'(?=[^'\n]+'))?(?<secret>(?<=")[^"\n]+|(?<=')[^'\n]+|[^\s"'<-][^\s"']*)/dgi,
  isSecret,
);

/** `-u user -p password`, and `mysql -ppassword`, where the option and its value are one word. */
const shortPassword: Rule = patternRule(
  { name: 'option-p', kind: 'secret', needs: Trait.option, probe: /\s-p/ },
  /(?:\s-u\s{0,4}[^\s-]\S{0,128}\s+-p\s{0,4}|\b(?:mysql|mysqldump|mysqladmin|mariadb|sshpass)\b[^\n]{0,256}?\s-p)(?<secret>[^\s"'<]{3,256})/dg,
  isSecret,
);

export const commandLineRules: readonly Rule[] = [userOption, secretOption, shortPassword];
