/** The words by which the names in a message are told from what the program says around them. */

const listOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Behind these stands what somebody called something. */
export const INTRODUCES_NAME = listOf(`
  account accounts branch branches called channel client clients collection command commands comment commit
  commits customer device directory document documents entry event feature file files folder folders for
  group groups host id identifier item items job key keys label language login member members message named
  note owner page path plan plugin profile program project projects record release repositories repository
  resource role route script section session table tag tags task template text ticket tickets token user
  users value variable view workspace
`);

/** Behind these stands what somebody wrote, of any words and to the end. */
export const INTRODUCES_TEXT = listOf(`
  queried query said says search searched searching typed wrote
`);
export const INTRODUCES_TEXT_WITH_FOR = listOf(`
  look looked looking match matched matches result results
`);

/** What may go with such a word, and is no name: `file descriptor`, `key length`. */
export const GOES_WITH_NAME = listOf(`
  argument arguments called count data descriptor error extension format id identifier length limit name
  named names path paths size string system type types
`);

/** Stand before a name. */
export const ARTICLES = listOf('a an any each every its that the this your');

/** Between names as well as between clauses. */
export const CONJUNCTIONS = listOf('and nor of or');

/** With these the program goes on behind a name. None of them is what people are called. */
export const PREDICATES = listOf(`
  aborted already are arent be been cannot cant closed could couldnt denied did didnt do does doesnt done
  ended exceeded exceeds exist exists expected expired failed failing fails found got had has hasnt have
  havent invalid is isnt lost mismatch missing must never no not null only received refused rejected
  required returned returns should shouldnt stopped threw timed too unable unavailable undefined unknown
  unsupported was wasnt went were werent wont would wrong
`);
export const PREPOSITIONS = listOf(`
  after against as at because before between but by during from if in inside into on onto out outside over
  since through to until when where while with within without
`);

/** Words that a hyphen or a slash joins to one. Any others are what somebody calls something. */
export const JOINED = listOf(`
  and/or auto-detect auto-update base-64 built-in built-ins case-insensitive case-sensitive client-side
  client/server command-line cross-device cross-origin ctrl-c double-quoted end-of-file end-of-line
  first-class follow-up hang-up host/ip hostname/ip i/o in-memory in/out input/output key-value key/value
  line-break long-running low-level lower-case multi-line non-empty non-existent non-fatal non-integer
  non-negative non-null non-numeric non-object non-positive non-socket non-string non-whitespace
  non-writable non-zero not-null null-byte out-of-bounds out-of-date out-of-memory out-of-range pre-release
  re-entrant re-export re-run re-try read-only read-write read/write retry-after run-time self-referencing
  self-signed server-side set-up single-quoted start-up state-of-the-art stdin/stdout sub-process tcp/ip
  time-out top-level true/false two-factor up-to-date upper-case user-agent utf-16 utf-8 well-formed
  whitespace-only write-only yes/no
`);

/** Names of types, formats and protocols, as they are written. */
export const TECHNICAL_NAMES = listOf(`
  AbortController AbortSignal API Array ArrayBuffer ASCII BigInt Blob Boolean Buffer BufferList CLI CORS CPU
  CSS CSV Date DNS ESM FTP Function GB GET GPU HEAD HTML HTTP HTTP2 HTTPS Infinity IP IPC IPv4 IPv6 JSON
  JSONL JWT KB Map MB MCP NaN Number OAuth Object OK OS PATCH PID POST Promise Proxy PUT RegExp RPC SDK Set
  SIGABRT SIGHUP SIGINT SIGKILL SIGPIPE SIGSEGV SIGTERM SQL SQLite SSH SSL String Symbol TCP TLS TOML TTY
  UDP Uint8Array Unicode URI URL UTC UTF UTF8 UUID WASM WeakMap WeakSet WebAssembly WebSocket XML YAML
`);
