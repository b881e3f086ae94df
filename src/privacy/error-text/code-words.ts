import { isKnownWord } from './vocabulary.js';

/** Formats, protocols, packages and parts of Node: words of names of classes, functions, modules and codes, not of sentences. */
const TECHNICAL = `
  abi ack acl activated active addr aggregate ajv alias align alignment alpn altname altsvc ansi api apollo
  app arg args argument argv asn1 asset ast attack auth authority aws axios babel bearer blake boringssl
  bound bounds brotli builtin category cert certs cjs cli cmd commonjs cons console cookie cookies cp crl
  crypto csr ctx dataview db dgram dh dir dirs dlopen dom domain drizzle dsa dtls ecdh ecdsa elem emitter
  env esbuild eslint eventemitter evp exec executable expr express falsy family fastify fd fifo finalize
  finalized fips fn fs func gcm goaway got graphql grpc hmac hono hook hpe icu id impl inc init inspector
  ioctl ip iterable jit jose js json5 jsonrpc jsx jwk jws knex koa len lexer lib linux lru lsp manipulation max
  maxbuffer measure mem messaging micro microtask mjs mongo mongodb mongoose msg multipart napi net nghttp2
  non noseek onerror openssl opt opts orm ossl param params pbkdf2 performance pg pid ping pkcs pkcs12 pos
  positional postgres posthog premature prisma proc promisify pseudoheader psk queues quic react
  readablestream readline redis ref renegotiation repl req res rollup rsa rx s3 sasl scheme scrypt seek
  sequelize serdes sigint sni specifier sri sse startup stdio str subdir subdirectory svelte synthetic tdz
  toml trace trailer trailers trpc tsx typedarray typeorm typescript ua ui unbound und undici unescaped
  unserializable unshift util utils uv v8 valibot vite vitest vm vue wasi webassembly webpack webstreams ws
  x509 xhr zlib zod zstd
`;

/** English that is also what people are called; as a part of a name it is taken for one. */
const ALSO_NAMES: ReadonlySet<string> = new Set([
  'mark',
  'marks',
  'max',
  'may',
  'miss',
  'page',
  'will',
  'wills',
]);

const MAX_WORDS = 12;
const CAMEL_WORD = /[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g;

let technical: ReadonlySet<string> | undefined;

/** Is this a word that could be what a person is called, in any case? */
export const isAlsoName = (word: string): boolean => ALSO_NAMES.has(word.toLowerCase().replace(/'s?$/, ''));

/** Is this, in any case, a word that a programmer builds names from? */
export function isCodeWord(word: string): boolean {
  const forms = [word, word.replace(/\d{1,4}$/, '')];
  return forms.some((form) => isTechnical(form) || (isKnownWord(form) && !isAlsoName(form)));
}

function isTechnical(word: string): boolean {
  technical ??= new Set(TECHNICAL.trim().split(/\s+/));
  return technical.has(word.toLowerCase());
}

/** The words of a name in camel or snake case: `HTTPParseError` has `HTTP`, `Parse` and `Error`. The last twelve. */
export function wordsOf(name: string): readonly string[] {
  return (name.match(CAMEL_WORD) ?? []).slice(-MAX_WORDS);
}
