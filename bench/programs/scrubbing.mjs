/** How fast the scrubber reads text, beside a library that does the same, and how long the worst inputs keep it. */
import { SyncRedactor } from 'redact-pii';
import { finish, programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { measureRounds } from '../lib/rounds.mjs';

const MEGABYTE = 1_000_000;

const [{ dist, rounds }] = programArguments();
const { redactIdentifiableInfo } = await import(dist);
const redactor = new SyncRedactor();

/** Lines as programs print them, half of them with something to take out. */
const LINES = [
  'npm warn deprecated inflight@1.0.6: This module is not supported',
  "Error: EACCES: permission denied, mkdir '/home/anna/projects/storefront/dist'",
  '    at Object.openSync (node:fs:573:18)',
  'connect ECONNREFUSED 10.42.7.19:6379',
  'GET /api/v1/users/42 200 in 12 ms',
  'login failed for anna.schmidt@example.com; attempts=3',
  "src/index.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'.",
  'DATABASE_URL=postgres://anna:hunter2hunter2@db.example.com:5432/shop',
  "TypeError: Cannot read properties of undefined (reading 'map')",
  'x-request-id: 550e8400-e29b-41d4-a716-446655440000',
  'added 214 packages, and audited 215 packages in 3s',
  'callback requested: (202) 555-0143, card 4111 1111 1111 1111',
];

/** What people ask and programs say, with nothing to take out, and with something. */
const HARMLESS = [
  'where is the total of a cart computed',
  'function that parses retry-after headers',
  'why does the build fail on node 20',
  'list of supported languages',
];
const TELLING = [
  'why can anna.schmidt@example.com not log in',
  'open /home/anna/projects/storefront/src/cart.ts',
  'curl -H "Authorization: Bearer eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl" https://api.example.com',
  'connect to 10.1.2.3 with password=hunter2hunter2',
];

/** What a pattern that looks ahead too far would stumble over. */
const UNITS = [
  'a', '1', '@', '.', ' ', '/', '\\', '"', ':', '=', '-', '_', 'a@', 'a.', '1-', '1 ', '::', '::1', 'a@b.c', 'key=', 'key: ', 'password=',
  'password: ', 'secret:"', 'user:', '://a:b', 'http://', 'file:///', '/home/', '/home/a', '/home/a b', 'C:\\', 'C:\\Users\\', '\\\\a\\', '~a/',
  '-----BEGIN PRIVATE KEY-----', 'eyJ', 'eyJa.', 'sk-', 'xoxb-1-', '+1 ', '(555) ', '4111 ', 'DE89 ', 'Bearer ', 'Authorization: ', 'cookie: a=b; ',
  'curl -u a:', '--password ', 'ssh a@', 'AB1 ', 'is 1', 'token ', '<a>', '["a",', '{"a":', 'at a (/home/a', '\u200b', '\uff11',
]; // biome-ignore format: a list

const many = (texts, count) => Array.from({ length: count }, () => texts).flat();
const log = `${LINES.join('\n')}\n`.repeat(Math.ceil(MEGABYTE / (LINES.join('\n').length + 1)));

const TEXTS = {
  harmless: many(HARMLESS, 500),
  telling: many(TELLING, 500),
  lines: many(LINES, 200),
  log: [log],
};

for (let round = 0; round < 20; round += 1) speed(TEXTS.lines, redactIdentifiableInfo);
const result = { worst: worstOf(UNITS, (text) => redactIdentifiableInfo(text)) };
for (const [name, texts] of Object.entries(TEXTS)) {
  result[name] = await measureRounds(rounds, {
    [SOTTO]: () => speed(texts, (text) => redactIdentifiableInfo(text)),
    'redact-pii': () => speed(texts, (text) => redactor.redact(text)),
  });
}
finish(result);

/** Megabytes a second. */
function speed(texts, scrub) {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const startedMs = performance.now();
  for (const text of texts) scrub(text);
  return bytes / 1_000 / (performance.now() - startedMs);
}

/** The unit whose repetition over a megabyte takes longest, by the fastest of three times; the others were faster. */
function worstOf(units, scrub) {
  let worst = { unit: '', ms: 0 };
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(MEGABYTE / unit.length));
    const ms = Math.min(...[0, 1, 2].map(() => timeMs(() => scrub(text))));
    if (ms > worst.ms) worst = { unit, ms };
  }
  return worst;
}

function timeMs(work) {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}
