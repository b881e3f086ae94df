import { isFlagEnabled, readConsentSettings } from '../../../client/index.js';
import { quietly } from '../../../internal/index.js';
import { type EndedEvents, followLedger, type LastEvent } from '../../../store/index.js';
import { toLedgerEvent } from '../event-state.js';
import type { LocalApiParts } from '../parts.js';
import { waitingFilesOf } from '../read-ledger-events.js';
import { formatMessage, KEEP_ALIVE, type StreamMessage } from './stream-text.js';
import { createTextQueue, type TextQueue } from './text-queue.js';

/** What happens to the telemetry of an app, in whichever process, for those who read along. */
export interface LiveFeed {
  readonly readers: number;
  /**
   * Read along from now on.
   *
   * @param mayRead - asked again before anything is handed over; the stream ends with the first no
   * @returns what comes, the state of consent first; `leave` ends it
   */
  join(mayRead: () => boolean): { readonly queue: TextQueue; leave(): void };
}

const LOOK_EVERY_MS = 500;
const KEEP_ALIVE_EVERY_MS = 15_000;

interface Reader {
  readonly queue: TextQueue;
  readonly mayRead: () => boolean;
}

/**
 * One watch for all readers: it begins with the first of them, and nothing is watched once the last has left.
 *
 * @param options.signal - ends all of them
 */
export function createLiveFeed({ consent, options: { signal } }: LocalApiParts): LiveFeed {
  const readers = new Set<Reader>();
  let stop = () => {};
  let shown = '';

  const leave = (reader: Reader) => {
    reader.queue.close();
    if (readers.delete(reader) && readers.size === 0) stop();
  };
  const tell = (texts: readonly string[]) => {
    for (const reader of readers) {
      if (!reader.mayRead()) leave(reader);
      else for (const text of texts) reader.queue.push(text);
    }
  };
  const lookAtConsent = () => {
    const before = shown;
    shown = formatMessage({ event: 'consent', data: readConsentState(consent) });
    tell(shown === before ? [] : [shown]);
  };
  const keepAlive = () => {
    for (const { queue } of readers) if (queue.isEmpty) queue.push(KEEP_ALIVE);
  };

  function start(): void {
    const end = new AbortController();
    const ledger = createBurst((burst) => tell(burst(consent.directory).map(formatMessage)));
    const timers = [
      setInterval(() => quietly(lookAtConsent), LOOK_EVERY_MS),
      setInterval(keepAlive, KEEP_ALIVE_EVERY_MS),
    ];
    // It is the server that keeps the process alive.
    for (const timer of timers) timer.unref();
    const { directory } = consent;
    if (directory !== undefined)
      followLedger(directory, ledger.onEvent, end.signal, ledger.onEnded).catch(() => {});
    stop = () => {
      end.abort();
      for (const timer of timers) clearInterval(timer);
    };
  }

  signal?.addEventListener('abort', () => {
    for (const reader of readers) leave(reader);
  });

  return {
    get readers() {
      return readers.size;
    },
    join(mayRead) {
      const reader = { queue: createTextQueue(), mayRead };
      if (signal?.aborted) reader.queue.close();
      else {
        readers.add(reader);
        if (readers.size === 1) start();
      }
      shown = formatMessage({ event: 'consent', data: readConsentState(consent) });
      reader.queue.push(shown);
      return { queue: reader.queue, leave: () => leave(reader) };
    },
  };
}

function readConsentState(consent: LocalApiParts['consent']): object {
  const settings = readConsentSettings(consent);
  return { ...settings, feature_flag: isFlagEnabled(consent) };
}

/** More at once is told as `missed`. */
const MAX_AT_ONCE = 200;

type Happened =
  | { readonly kind: 'event'; readonly event: LastEvent }
  | { readonly kind: 'ended'; readonly ended: EndedEvents };

/** Collects what one look at the ledger finds, so that it is handed over in one go. */
function createBurst(handOver: (burst: (directory: string | undefined) => readonly StreamMessage[]) => void) {
  let happened: Happened[] = [];
  let isMissed = false;

  const add = (what: Happened) => {
    if (happened.length === 0 && !isMissed)
      queueMicrotask(() => {
        const [found, missed] = [happened, isMissed];
        happened = [];
        isMissed = false;
        quietly(() => handOver((directory) => (missed ? [MISSED] : toMessages(found, directory))));
      });
    isMissed ||= happened.length >= MAX_AT_ONCE;
    if (isMissed) happened = [];
    else happened.push(what);
  };

  return {
    onEvent: (event: LastEvent['event'], fileName: string) =>
      add({ kind: 'event', event: { event, fileName } }),
    onEnded: (ended: EndedEvents) => add({ kind: 'ended', ended }),
  };
}

const MISSED: StreamMessage = { event: 'missed', data: {} };

function toMessages(happened: readonly Happened[], directory: string | undefined): readonly StreamMessage[] {
  const hasEvents = happened.some(({ kind }) => kind === 'event');
  const waiting = hasEvents ? waitingFilesOf(directory) : new Set<string>();
  return happened.map((what) => {
    if (what.kind === 'event') {
      const event = toLedgerEvent(what.event, waiting);
      return { event: 'recorded', id: event.uuid, data: event };
    }
    const { uuids, sent_at, dropped_reason } = what.ended;
    return sent_at === null
      ? { event: 'dropped', data: { uuids, dropped_reason } }
      : { event: 'sent', data: { uuids, sent_at } };
  });
}
