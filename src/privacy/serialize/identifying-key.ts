import { BoundedCache } from '../../internal/index.js';

/** Words that name a person, a machine, a place or a credential. A key that holds one of them names such a thing. */
const IDENTIFYING = new Set(
  (
    'id ids uuid guid path paths token tokens email emails mail user users key keys secret secrets serial license licence ' +
    'address addresses fingerprint password passwords passwd passphrase pwd pass otp auth authorization authentication ' +
    'bearer credential credentials cookie cookies apikey jwt signature username login nickname phone mobile ' +
    'firstname lastname surname fullname displayname host hostname ip ipv4 ipv6 mac url uri href referer ' +
    'directory dir folder file filename filepath cwd home repo repository branch workspace project ssn iban ' +
    'customer patient employee device latitude longitude birthday dob ' +
    // Pairs that are written as one word.
    'userid sessionid deviceid clientid customerid accountid machineid hostid ipaddress macaddress emailaddress ' +
    'accesstoken refreshtoken authtoken secretkey privatekey publickey accesskey phonenumber homedir'
  ).split(' '),
);

/** Last words that make a number a measurement of the thing, not the thing: `token_count`, `key_ms`. */
const MEASURES = new Set(
  (
    'count counts total totals sum size sizes length len bytes kb mb gb ms millis milliseconds s sec secs ' +
    'seconds minutes hours days ns us percent percentage pct ratio rate share score avg average mean median min max p50 ' +
    'p90 p95 p99 duration latency elapsed depth index rank limit usd'
  ).split(' '),
);

const CACHED_KEYS = 1_024;

/** `filePath` and `APIKey`, but neither the plural in `userIDs` nor the version in `IPv4`. */
const CAMEL_BOUNDARIES = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!s(?![a-z])|v\d)[a-z])/g;

interface KeyWords {
  readonly isIdentifying: boolean;
  /** The plural of such a word: `files`, `urls`. */
  readonly isPlural: boolean;
  readonly isMeasure: boolean;
}

const known = new BoundedCache<string, KeyWords>(CACHED_KEYS);

/**
 * Does a key name something that identifies? Matched on whole words of camelCase, snake_case and kebab-case names, so
 * `userId`, `x-api-key` and `filePath` do, `video` and `keyboard` do not.
 *
 * @param value - what stands under the key; a finite number under a key whose last word is a measure
 *   (`token_count`, `path_length`) or that is a plural (`files`) is a measurement and does not identify
 */
export function isIdentifyingKey(key: string, value: unknown): boolean {
  const { isIdentifying, isPlural, isMeasure } = wordsOf(key);
  return Number.isFinite(value) ? isIdentifying && !isMeasure : isIdentifying || isPlural;
}

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
  return {
    isIdentifying: words.some((word) => IDENTIFYING.has(word) || IDENTIFYING.has(withoutNumber(word))),
    isPlural: words.some((word) => singularsOf(withoutNumber(word)).some((noun) => IDENTIFYING.has(noun))),
    isMeasure: MEASURES.has(words.at(-1) ?? ''),
  };
}

/** `user2` is as much a user as `user`. */
const withoutNumber = (word: string) => word.replace(/\d+$/, '');

/** What `urls`, `branches` and `directories` may be plurals of. */
function singularsOf(word: string): string[] {
  if (!word.endsWith('s')) return [];
  return [word.slice(0, -1), word.replace(/es$/, ''), word.replace(/ies$/, 'y')];
}
