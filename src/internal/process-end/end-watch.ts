import { quietly } from '../quietly.js';
import { countSignalExit } from './count-signal-exit.js';
import type { EndWork } from './process-end.js';

/** What is used of the process. */
export type HostProcess = Pick<
  NodeJS.Process,
  'pid' | 'on' | 'prependListener' | 'off' | 'listenerCount' | 'kill' | 'exit'
>;

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

type EndSignal = keyof typeof SIGNAL_NUMBERS;
type EndEvent = 'exit' | 'beforeExit' | EndSignal;

const SIGNALS = Object.keys(SIGNAL_NUMBERS) as readonly EndSignal[];

/** A program that records whenever it has nothing left to do would never end. What is recorded later stays on disk. */
const MAX_ROUNDS = 5;

interface Registration {
  readonly work: EndWork;
  isAwaited: boolean;
}

/** The listeners to the end of a process, shared by all work that has to be done then. See `onProcessEnd`. */
export class EndWatch {
  readonly #host: HostProcess;
  readonly #registrations = new Set<Registration>();
  readonly #listeners = new Map<EndEvent, () => void>();
  /** Signals that the program listened to itself. */
  readonly #leftToProgram = new Set<EndSignal>();
  #hearsSignals: () => boolean;
  #finishing = 0;
  /** How often there was nothing left to do. */
  #rounds = 0;
  /** By which the process ends as soon as all is finished. */
  #signal: EndSignal | undefined;

  /** @param hearsSignals - asked only when there is work that signals matter to */
  constructor(host: HostProcess, hearsSignals: () => boolean) {
    this.#host = host;
    this.#hearsSignals = hearsSignals;
  }

  add(work: EndWork): () => void {
    const registration = { work, isAwaited: false };
    this.#registrations.add(registration);
    this.#listen();
    return () => {
      if (this.#registrations.delete(registration)) this.#listen();
    };
  }

  #onSignal(signal: EndSignal): void {
    const isListenedTo = this.#host.listenerCount(signal) - 1 > countSignalExit();
    // Where nobody else listens it is the end, and what is recorded now is still sent.
    this.#record(!isListenedTo);
    tellAll(this.#worksOf('keep'), false);
    if (isListenedTo) this.#leftToProgram.add(signal);
    else if (this.#finishing > 0 || this.#leftToProgram.has(signal)) this.#endBy(signal);
    else void this.#finishAndEndBy(signal);
  }

  async #finishAndEndBy(signal: EndSignal): Promise<void> {
    this.#signal = signal;
    await this.#finish([...this.#registrations]);
    if (this.#signal === signal) this.#endBy(signal);
  }

  #endBy(signal: EndSignal): void {
    // The system keeps the first process of a container from dying of a signal: it goes on.
    this.#persist(this.#host.pid !== 1);
    this.#signal = undefined;
    // For good: whoever else listens gets the signal a moment later, and decides by who listens then.
    this.#hearsSignals = () => false;
    this.#listen();
    try {
      this.#host.kill(this.#host.pid, signal);
    } catch {
      // SIGHUP on Windows, or a process that may not signal itself: what a shell says of such an end.
      this.#host.exit(128 + SIGNAL_NUMBERS[signal]);
    }
  }

  #onBeforeExit(): void {
    // Nothing is left that what is waited for could wait for.
    if (this.#signal) this.#endBy(this.#signal);
    if (this.#rounds === MAX_ROUNDS) return;
    this.#rounds += 1;
    this.#record(false);
    const registrations = [...this.#registrations].filter(({ isAwaited }) => !isAwaited);
    for (const registration of registrations) registration.isAwaited = true;
    void this.#finish(registrations);
  }

  async #finish(registrations: readonly Registration[]): Promise<void> {
    this.#finishing += 1;
    await Promise.allSettled(registrations.map(async ({ work }) => work.finish?.()));
    this.#finishing -= 1;
  }

  #persist(isOver: boolean): void {
    this.#record(isOver);
    tellAll(this.#worksOf('keep'), isOver);
  }

  #record(isOver: boolean): void {
    tellAll(this.#worksOf('record'), isOver);
  }

  /** Those of this moment: what is done may add others. */
  #worksOf(stage: EndWork['stage']): readonly EndWork[] {
    return [...this.#registrations]
      .map(({ work }) => work)
      .filter((work) => (work.stage ?? 'keep') === stage);
  }

  /**
   * Listen to what the present work needs, and to nothing else. An embedder may forbid listeners: then that end is not seen, and what
   * was recorded is on disk all the same.
   */
  #listen(): void {
    if (this.#signal) return;
    const works = [...this.#registrations].map(({ work }) => work);
    const wanted = new Set(eventsFor(works, this.#hearsSignals));
    for (const [event, listener] of this.#listeners) {
      if (wanted.has(event)) continue;
      this.#listeners.delete(event);
      quietly(() => this.#host.off(event, listener));
    }
    for (const event of wanted) {
      if (this.#listeners.has(event)) continue;
      const listener = this.#createListener(event);
      this.#listeners.set(event, listener);
      quietly(() => {
        // Before the program's own, which may be there for one call only: they have to be counted first.
        if (isSignal(event)) this.#host.prependListener(event, listener);
        else this.#host.on(event, listener);
      });
    }
  }

  #createListener(event: EndEvent): () => void {
    if (isSignal(event)) return () => this.#onSignal(event);
    return event === 'exit' ? () => this.#persist(true) : () => this.#onBeforeExit();
  }
}

function tellAll(works: readonly EndWork[], isOver: boolean): void {
  for (const work of works) {
    // The process ends as it would, and the others are told too.
    quietly(() => work.persist(isOver));
  }
}

function eventsFor(works: readonly EndWork[], hearsSignals: () => boolean): readonly EndEvent[] {
  if (works.length === 0) return [];
  if (works.every(({ finish }) => finish === undefined)) return ['exit'];
  return ['exit', 'beforeExit', ...(hearsSignals() ? SIGNALS : [])];
}

function isSignal(event: EndEvent): event is EndSignal {
  return event in SIGNAL_NUMBERS;
}
