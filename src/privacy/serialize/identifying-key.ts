import { BoundedCache } from '../../internal/index.js';

/** Words for what opens something. A key that holds one of them names a credential. */
const CREDENTIALS = new Set(
  (
    'token tokens key keys secret secrets password passwords passwd passphrase passcode pwd pass psw pin otp totp hotp mfa 2fa sso auth ' +
    'authorization authentication bearer credential credentials creds cookie cookies apikey jwt signature sig session sid csrf xsrf nonce salt ' +
    'cvv cvc cvv2 iban ssn card cards cc routing acc acct accountnumber bank twofactor pat dsn hmac'
  ).split(' '),
);

/** Words that name a person, a machine or a place. */
const IDENTITIES = new Set(
  (
    'id ids uuid guid path paths email emails mail user users serial license licence address addresses fingerprint username login ' +
    'nickname phone mobile firstname lastname surname fullname displayname host hostname ip ipv4 ipv6 mac url uri href referer ' +
    'directory dir folder file filename filepath cwd home repo repository branch workspace project ' +
    'owner account tenant identifier ' +
    'customer patient employee device latitude longitude birthday dob identity passport imei imsi iccid zip postcode ' +
    // Pairs that are written as one word.
    'userid deviceid clientid customerid accountid machineid hostid ipaddress macaddress emailaddress phonenumber homedir'
  ).split(' '),
);

/**
 * Credentials within a longer word, as in `dbpassword`, `securitytoken` and `sshkey`. Words that only begin like one stay:
 * `secretary`, `tokenizer`, `passwordless`.
 */
const CREDENTIAL_STEM =
  /passw(?:or)?d(?!less)|passwd|passphrase|secret(?!ar|iv|ion)|token(?!i[sz])|credential|(?:api|ssh|pgp|gpg|private|access|auth|master|account|license|encryption|signing|public)keys?$|session(?:id|key|token)|sess?ids?$|cookie|jwt$|totp|cvv|cardnum|cardno|creditcard|debitcard|bankacc|routingn|accountn|ssn$|socialsec|twofactor|authoriz/;

/** Credentials that only two words together name. */
const PAIRED = /twofactor|socialsecurity|creditcard|bankaccount/;

/** Last words that make a number a measurement of the thing, not the thing: `token_count`, `key_ms`, `emails_sent`. */
const MEASURES = new Set(
  (
    'count counts total totals sum size sizes length len bytes kb mb gb ms millis milliseconds s sec secs ' +
    'seconds minutes hours days ns us percent percentage pct ratio rate share score avg average mean median min max p50 ' +
    'p90 p95 p99 duration latency elapsed depth index rank limit usd attempts retries errors failures age ' +
    'sent received read written processed used created deleted failed opened skipped changed added removed'
  ).split(' '),
);

/** Last words that make a value a quality of the thing: `auth_method`, `token_type`, `password_strength`. */
const QUALITIES = new Set(
  (
    'method type kind mode status state scheme provider strategy format policy strength category level source result reason ' +
    'enabled disabled required optional valid invalid present missing expired changed verified supported'
  ).split(' '),
);

/** First words of questions, which are answered by yes or no. */
const QUESTIONS = new Set(
  'is has had can should was were did does needs use uses allow allows with without'.split(' '),
);

/** What a programmer calls a key that opens nothing. */
const KEYS_OF_DATA = new Set(
  'primary foreign partition sort index cache lookup shortcut hot translation i18n object'.split(' '),
);

/** A word from a closed list, as qualities have, rather than a name or a number. */
const PLAIN_WORD = /^[A-Za-z][A-Za-z_-]{0,22}\d{0,2}$/;

/** From here on an integer is sooner a number of something, such as a telephone, than how many there are. */
const MAX_COUNT = 1e8;

const CACHED_KEYS = 1_024;

/** `filePath` and `APIKey`, but neither the plural in `userIDs` nor the version in `IPv4`. */
const CAMEL_BOUNDARIES = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!s(?![a-z])|v\d)[a-z])/g;

interface KeyWords {
  readonly isCredential: boolean;
  readonly isIdentifying: boolean;
  /** The plural of such a word: `files`, `urls`, `promptTokens`. */
  readonly isPlural: boolean;
  readonly isMeasure: boolean;
  readonly isQuality: boolean;
  readonly isQuestion: boolean;
}

const known = new BoundedCache<string, KeyWords>(CACHED_KEYS);

/**
 * Does a key name something that identifies? Matched on whole words of camelCase, snake_case and kebab-case names, so
 * `userId`, `x-api-key` and `filePath` do, `video` and `keyboard` do not; a credential is also found within a longer word.
 *
 * @param value - what stands under the key. Not identifying are a finite number under a key whose last word is a measure
 *   (`token_count`, `path_length`) or that is a plural (`files`), a plain word or a boolean under one whose last word is a
 *   quality (`auth_method`), and a boolean under one that asks (`is_secret`)
 */
export function isIdentifyingKey(key: string, value: unknown): boolean {
  const { isIdentifying, isPlural, isMeasure, isQuality, isQuestion } = wordsOf(key);
  if (!isIdentifying && !isPlural) return false;
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? isIdentifying && !isMeasure && !(isPlural && isCount(value)) : true;
    case 'boolean':
      return !isQuality && !isQuestion;
    case 'string':
      return !(isQuality && PLAIN_WORD.test(value));
    default:
      return true;
  }
}

/** Does a name speak of what opens something? Narrower than `isIdentifyingKey`: for names that stand in a list. */
export function isCredentialKey(name: string): boolean {
  return wordsOf(name).isCredential;
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < MAX_COUNT;

function wordsOf(key: string): KeyWords {
  let words = known.get(key);
  if (!words) {
    words = readWords(key);
    known.set(key, words);
  }
  return words;
}

function readWords(key: string): KeyWords {
  const words = key
    .replace(CAMEL_BOUNDARIES, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const isOfData = words.some((word) => KEYS_OF_DATA.has(word)) && /^keys?$/.test(words.at(-1) ?? '');
  const isCredential = !isOfData && (words.some(isCredentialWord) || PAIRED.test(words.join('')));
  return {
    isCredential,
    isIdentifying:
      isCredential || words.some((word) => IDENTITIES.has(word) || IDENTITIES.has(withoutNumber(word))),
    isPlural: words.some(
      (word) => !/^ids\d*$/.test(word) && singularsOf(withoutNumber(word)).some(isKnownWord),
    ),
    isMeasure: MEASURES.has(words.at(-1) ?? ''),
    isQuality: words.length > 1 && QUALITIES.has(words.at(-1) ?? ''),
    isQuestion: words.length > 1 && QUESTIONS.has(words[0] ?? ''),
  };
}

const isKnownWord = (word: string): boolean => CREDENTIALS.has(word) || IDENTITIES.has(word);

function isCredentialWord(word: string): boolean {
  return CREDENTIALS.has(word) || CREDENTIALS.has(withoutNumber(word)) || CREDENTIAL_STEM.test(word);
}

/** `user2` is as much a user as `user`. */
const withoutNumber = (word: string) => word.replace(/\d+$/, '');

/** What `urls`, `branches` and `directories` may be plurals of. */
function singularsOf(word: string): string[] {
  if (!word.endsWith('s')) return [];
  const singulars = [word.slice(0, -1), word.replace(/es$/, ''), word.replace(/ies$/, 'y')];
  // `pass` and `address` end so, and are no plurals.
  return singulars.filter((singular) => singular !== word);
}
