import { builtinModules } from 'node:module';
import { isUnchangedByScrubber } from '../scrubber/index.js';
import { isCodeWord } from './code-words.js';

/** What lies directly below `internal/` in Node. */
const INTERNALS: ReadonlySet<string> = new Set(
  `abort_controller assert async_context_frame async_hooks async_local_storage blob blocklist bootstrap buffer child_process
  cli_table cluster console constants crypto debugger deps dgram diagnostics dns encoding error_serdes errors event_target
  events file fixed_queue freelist freeze_intrinsics fs heap_utils histogram http http2 idna inspector js_stream_socket
  legacy linkedlist locks main mime modules navigator net options per_context perf permission policy priority_queue process
  promise_hooks querystring quic readline repl socket_list socketaddress source_map stream_base_commons streams test
  test_runner timers tls trace_events_async_hooks tty url util v8 v8_prof_polyfill validators vm wasm_web_api watch_mode
  watchdog webidl webstorage webstreams worker`.split(/\s+/),
);
const MAX_SEGMENTS = 5;
const SEGMENT = /^[a-z0-9_]{1,30}$/;

const builtIn: ReadonlySet<string> = new Set(builtinModules);

/**
 * Is this a module of Node, without `node:`: one that can be imported, or one below `internal/`? A script can call itself
 * anything, so below `internal/` only a list and known words count.
 */
export function isNodeModule(module: string): boolean {
  if (builtIn.has(module)) return true;
  const [internal, first = '', ...others] = module.split('/', MAX_SEGMENTS + 1);
  if (internal !== 'internal' || !INTERNALS.has(first) || others.length >= MAX_SEGMENTS - 1) return false;
  return others.every(isSegment) && isUnchangedByScrubber(module);
}

const isSegment = (segment: string): boolean =>
  SEGMENT.test(segment) && segment.split('_').every((word) => isCodeWord(word));
