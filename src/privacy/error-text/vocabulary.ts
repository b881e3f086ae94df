/**
 * What programs say when something fails. A word outside this list may be anything: somebody's name, a branch, a word of
 * their text. No list of secrets could be as complete as this one can be short.
 */
const WORDS = `
  a abort about above access accessible account acquire across act active actual add additional address after again against
  all allocate allow allowed already also alternative although always ambiguous among amount an and another any anything
  api app append application apply archive are arent argument array as ask assert assertion assign async at attach attempt
  attribute audit authentication authenticate authorization authorize auto automatic available await away
  back backend backup bad base batch be because become been before begin behind being below between beyond big bigger
  bigint binary bind bit blob block body boolean boom both boundary branch break bridge broken browser buffer bug build
  bundle busy but by byte
  cache calculate call callback callee caller can cancel cannot cant capability capacity capture case catch cause
  certificate chain change channel char character check checksum child chunk circular class clean cleanup clear cli
  client clone close code collection column combination command comment commit communicate compare compatible compile
  complete component compress compute concurrent condition conf config configuration configure confirm conflict connect
  connection consent consistent constant constraint construct constructor consume contain container content context
  continue control conversion convert copy corrupt could couldnt count crash create credential cross current cursor
  custom cycle cyclic
  daemon damage data database date day dead deadlock debug decode decompress decrypt default deferred define definition
  delay delete deny depend dependency deploy deprecate depth derive describe descriptor deserialize destination destroy
  destructure detach
  detail detect device did didnt died different digest digit dimension directory disable disallow disconnect discover
  disk display dispose do document does doesnt done dont double down download driver drop due dump duplicate duration
  during dynamic
  each early edit either element else emit empty enable encode encounter encrypt end endpoint engine enough ensure enter
  entity entry enum environment equal err error escape establish eval evaluate event ever every everything exact exactly
  example exceed except exception exchange exclude execute execution exhaust exist exit expect expire explicit export
  expose expression extend extension extern external extra extract
  fail failure fall fallback false fast fatal feature fetch few field file filter final find finish first fit fix flag
  float flow flush folder follow for forbidden force fork form format forward found frame free freeze from frozen full
  function further future
  garbage gateway general generate generator generic get give given git global go goes gone got graph greater group grow
  had handle handler handshake hang has hash hasnt have havent head header healthy heap heartbeat height help here hidden hook
  host hour how however http https
  icon id identifier idle if ignore illegal image immutable implement implementation import impossible in include
  incompatible incomplete inconsistent incorrect increase index infinite info information inherit init initial
  initialization initialize inject inner input insert inside inspect install installation instance instead instruction
  insufficient integer integrity intend interface interim internal interpret interrupt into invalid invariant invocation
  invoke is isnt issue it item iterable iterate iterator its itself
  job join json just keep key keyword kill kind know known
  label language large larger last late later launch layer layout lead leak least leave left length less let letter level
  library license like limit line link list listen listener literal live load loader local locale locate location lock
  log logger login long longer look lookup loop lose lost low lower
  machine made mail main make malformed manage manifest manual many map mark mask master match max maximum may maybe mean
  media member memory merge message metadata method metric middleware might migrate migration mime min minimum minor
  minute mismatch miss missing mistake mix mode model modify module moment monitor month more most mount move much multiple
  must mutate mutex
  name namespace nan native navigate near necessary need negative neither nest network never new newer next no node nor
  normal normalize not note nothing notice notify now npm null number numeric
  object observe obsolete obtain occur of off offset ok old older on once one only onto open opening operand operate operation
  operator option optional or order origin original other otherwise out outdate outer output outside over overflow
  overlap overload override own owner
  pack package packet padding page pair panic parallel parameter parent parse parser part partial particular pass patch
  path pattern payload peer pending per perform permission permit persist phase pick pipe pipeline place plain plan platform
  please plugin point pointer policy poll pool pop port position positive possible post precision prefix prepare present
  press prevent preview previous primary print priority private privilege probably problem procedure process processor
  produce product profile program progress project promise prompt proper property protect protocol prototype provide
  provider proxy public publish pull push put
  query queue quit quota quote
  raise random range rate rather raw reach react read readable readonly ready real reason receive recent recognize
  recommend reconnect record recover recursion recursive redirect redo reduce refer reference reflect refresh refuse
  regex register registry regular reject relate relative release reload rely remain remote remove rename render repeat
  replace reply report repository represent request require requirement reserve reset resize resolution resolve resource
  respond response restart restore restrict result resume retrieve retry return reuse reverse revert revoke right
  role roll root route row rule run runtime
  safe same sandbox save say scan schedule schema scope script search second section secure security see seem segment
  select selector self semantic send sent separate separator sequence serialize series serve server service session set
  setting setup several shape share shell short should shouldnt show shut shutdown side sign signal signature similar
  simple since single size skip slash sleep slice slot slow small smaller snapshot so socket some something soon sort
  source space span spawn special specific specification specify split spread stack stage stale standard start state
  statement static statistics status stay step stderr stdin stdout still stop storage store stream strict string
  structure stub style submit subscribe subset substitute succeed success successful successfully such suffix suggest
  suit sum supply support suppose surrogate suspend switch symbol symlink sync synchronize syntax syscall system
  table tag take target task tear temp template temporary term terminal terminate test text than that the their them then
  there therefore these they thing this those though thread three threshold threw through throw throttle ticket time timeout
  timer timestamp to together token tolerance too tool toolchain top total touch track traffic transaction transfer
  transform translate transport trap traverse tree tried trigger trim true truncate trust try tunnel tuple turn two type
  typing
  unable unauthorized unavailable unbalanced uncaught undefined under undo uneven unexpected unexpectedly unhandled
  unicode union unique unit unknown unless unlink unlock unmatched unpack unreachable unrecognized unresolved unsafe
  unset unsuccessful unsupported unterminated until untrusted unused unusual unwrap up update upgrade upload upon upper url usage use
  user using usual utility
  valid validate validation validator value variable variant verify version very via view violate violation virtual
  visible visit void
  wait want warn warning was wasnt watch way we web week weight well went were werent what when where whether which while white
  whitespace who whole whose why width wildcard will window with within without wont word work worker workspace would
  wrap writable write written wrong wrote yaml year yes yet yield you your zero zip zone
  kb mb gb ms sec px ascii base64 cors cpu css csv dns esm ftp gpu gzip html http2 ipc ipv4 ipv6 jsonl jwt md5 mcp oauth
  os otlp pid regexp rpc sdk sha1 sha256 sql sqlite ssh ssl tcp tls toml tty udp uri utc utf utf8 uuid wasm websocket
  xml
  e2big eacces eaddrinuse eaddrnotavail eagain eai ebadf ebusy ecancelled ecanceled ecompromised econnaborted
  econnrefused econnreset edquot eexist efault efbig ehostdown ehostunreach einprogress eintr einval eio eisdir eloop
  emfile emsgsize enametoolong enetdown enetunreach enfile enobufs enodata enoent enoexec enomem enosys enospc enotconn
  enotdir enotempty enotfound enotsup eof eperm epipe eproto erofs espipe esrch etimedout etxtbsy exdev sigabrt sighup
  sigint sigkill sigpipe sigsegv sigterm getaddrinfo fdatasync fstat fsync ftruncate lstat mkdir mkdtemp opendir readlink
  realpath rmdir scandir stat
  abortcontroller abortsignal aggregateerror arraybuffer bufferlist domexception evalerror rangeerror referenceerror
  syntaxerror typeerror uint8array urlerror weakmap weakset
`;

const ENDINGS = ['s', 'es', 'd', 'ed', 'ing', 'ly', 'er', 'able', 'ion'];
const MIN_STEM_LENGTH = 3;
const MAX_WORD_LENGTH = 20;

let words: ReadonlySet<string> | undefined;

/** Is this a word, in any case and form, that programs use of failures? Apostrophes do not count: `can't` is `cant`. */
export function isKnownWord(word: string): boolean {
  if (word.length > MAX_WORD_LENGTH) return false;
  words ??= new Set(WORDS.trim().split(/\s+/));
  const lower = word.toLowerCase().replace("'", '');
  return words.has(lower) || ENDINGS.some((ending) => lower.endsWith(ending) && isStem(lower, ending));
}

/** `clos` of `closing`, `stopp` of `stopped`, `dependenci` of `dependencies`. */
function isStem(word: string, ending: string): boolean {
  const stem = word.slice(0, -ending.length);
  if (stem.length < MIN_STEM_LENGTH) return false;
  const isDoubled = stem.at(-1) === stem.at(-2);
  return [stem, `${stem}e`, stem.replace(/i$/, 'y'), ...(isDoubled ? [stem.slice(0, -1)] : [])].some(
    (base) => words?.has(base) ?? false,
  );
}
