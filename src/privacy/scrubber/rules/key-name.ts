/**
 * How much the name of a key says about its value.
 * `secret`: any value that is not a mere word about it. `token`: a value that looks random, since tokens, keys and
 * sessions are also talked about. `user`, `host`: the value names somebody or their machine.
 */
export type KeyMeaning = 'secret' | 'token' | 'user' | 'host';

const SECRET =
  /passw(?:or)?d|passwort|passphrase|passcode|^pwd$|^pass$|secret(?!ar)|credential|api_?key|private_?key|access_?key|encryption_?key|(?:auth|access|refresh|bearer|id|session|client|api)_?token/;
const TOKEN =
  /token$|^key$|key$|^auth$|authorization|^session$|session_?id|^sid$|sess_?id|cookie|^jwt$|^otp$|^sig$|signature|^pat$/;
/** A key that ends like this tells about a secret without holding it: `token_count`, `passwordField`, `secret_name`. */
const ABOUT =
  /^(?:count|length|len|size|min|max|type|name|names|field|url|uri|path|file|expires|expiry|expired|at|in|ms|seconds|ttl|policy|required|enabled|valid|status|error|version|hint|label|used|limit|total|algorithm|budget)$/;
const PUBLIC = /^(?:public|pub|primary|foreign|cache|partition|sort|index|lookup|stylesheet)$/;
const USER = /^(?:user|user_?name|login|log_?name|owner|account|sudo_user|user_login)$/;
const HOST = /^(?:host_?name|computer_?name|machine_?name|device_?name)$/;

/**
 * What the key called `name` says about its value, judged by the words that the name is made of; `undefined` if
 * nothing. Cases and separators do not matter: `DB_PASSWORD`, `dbPassword` and `db.password` are the same.
 */
export function meaningOfKey(name: string): KeyMeaning | undefined {
  const words = wordsOf(name);
  const snake = words.join('_');
  if (USER.test(snake)) return 'user';
  if (HOST.test(snake)) return 'host';

  const about = ABOUT.test(words.at(-1) ?? '') || words.some((word) => PUBLIC.test(word));
  if (about) return undefined;
  if (SECRET.test(snake) || words.some((word) => SECRET.test(word))) return 'secret';
  return words.some((word) => TOKEN.test(word)) ? 'token' : undefined;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
