import { BoundedCache } from '../../../internal/index.js';

/**
 * How much the name of a key says about its value.
 * `secret`: any value that is not a mere word about it. `token`: a value that looks random, since tokens, keys and
 * sessions are also talked about. `user`, `host`: the value names somebody or their machine.
 */
export type KeyMeaning = 'secret' | 'token' | 'user' | 'host';

const SECRET =
  /passw(?:or)?d|passwd|passwort|passphrase|passcode|^pwd$|pwd$|^pass$|_pass$|^psw$|secret(?!ar)|credential|^creds?$|api_?key|private_?key|access_?key|secret_?key|encrypt(?:ion)?_?key|signing_?key|account_?key|master_?key|shared_?key|preshared_?key|service_?key|admin_?key|app_?key|auth_?key|license_?key|subscription_?key|storage_?key|storepass|keypass|(?:auth|access|refresh|bearer|id|session|client|api|bot|deploy|personal|user|app|service|registry|npm|github|gitlab|slack)_?token|kennwort|contrasena|motdepasse|^mdp$|^senha$|wachtwoord|losenord|^parola$|salasana|^pin$|_pin$|^cvv2?$|^cvc$|security_code|reporter_id/;
const TOKEN =
  /token$|^key$|key$|^auth$|authorization|^session$|session_?id|^sid$|sessid$|^ssid$|sess_?id|cookie|^jwt$|jwt$|^otp$|^totp$|^sig$|signature|^pat$|_pat$|^bearer$|^hmac$|^salt$|^nonce$|crumb$|^csrf|^xsrf|^ticket$|^dsn$|webhook|verifier$|assertion$/;
/** A key that ends like this tells about a secret without holding it: `token_count`, `passwordField`, `secret_name`. */
const ABOUT =
  /^(?:count|length|len|size|min|max|type|name|names|field|fields|label|url|uri|path|file|expires|expiry|expired|at|in|ms|seconds|ttl|policy|required|enabled|valid|status|error|errors|version|hint|used|limit|total|algorithm|budget|id|ids|index|changed|reset|strength|attempts)$/;
const PUBLIC = /^(?:public|pub|primary|foreign|cache|partition|sort|index|lookup|stylesheet|idempotency)$/;
/** Ids that open something all the same. */
const TELLING_ID = /(?:access_?key|secret|session|sess|reporter)_?id$/;
const USER =
  /^(?:user|user_?name|login|log_?name|owner|account|sudo_user|user_login|ruser|uname|db_?user|user_?id_name)$/;
const HOST = /^(?:host_?name|computer_?name|machine_?name|device_?name|node_?name)$/;

const CACHED_NAMES = 512;
/** What an earlier text's names meant; `null` for nothing. */
const known = new BoundedCache<string, KeyMeaning | null>(CACHED_NAMES);

/**
 * What the key called `name` says about its value, judged by the words that the name is made of; `undefined` if
 * nothing. Cases and separators do not matter: `DB_PASSWORD`, `dbPassword` and `db.password` are the same.
 */
export function meaningOfKey(name: string): KeyMeaning | undefined {
  let meaning = known.get(name);
  if (meaning === undefined) {
    meaning = readMeaning(name) ?? null;
    known.set(name, meaning);
  }
  return meaning ?? undefined;
}

function readMeaning(name: string): KeyMeaning | undefined {
  const words = wordsOf(name);
  const snake = words.join('_');
  if (USER.test(snake)) return 'user';
  if (HOST.test(snake)) return 'host';

  const isAbout = ABOUT.test(words.at(-1) ?? '') && !TELLING_ID.test(snake);
  if (isAbout || words.some((word) => PUBLIC.test(word))) return undefined;
  if (SECRET.test(snake) || words.some((word) => SECRET.test(word))) return 'secret';
  return TOKEN.test(snake) || words.some((word) => TOKEN.test(word)) ? 'token' : undefined;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
