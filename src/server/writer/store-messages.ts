import { isTelemetryError, type TelemetryErrorCode } from '../../internal/index.js';
import type { AddResult, EventStore, StoredEvent, TakenMessage } from '../wire/index.js';

export interface StoreMessagesOptions {
  readonly store: Pick<EventStore, 'add'>;
  /** How long to leave a message alone that was given to somebody this often, and could not be stored. */
  readonly delayMs: (deliveries: number) => number;
  /** Aborts when what has not begun should be left to other writers. */
  readonly signal: AbortSignal;
  readonly onStored: (result: AddResult) => void;
  /** Told what became of each message. */
  readonly onMessage: (outcome: MessageOutcome) => void;
}

/**
 * - `stored`
 * - `retried`: the database did not take it now
 * - `newer`: left to writers of a later version
 * - `given_up`: nobody can read or store it
 */
export type MessageOutcome = 'stored' | 'retried' | 'newer' | 'given_up';

/** For a writer of a later version to come and take it. */
const NEWER_AFTER_MS = 60_000;

/**
 * Store what some messages carry, all at the same time, and say so of each one afterwards: what ends before is given to somebody again, and
 * counts once. What goes into one transaction is the store's to decide.
 *
 * @returns why something could not be stored; undefined when all was that could be
 */
export async function storeMessages(
  messages: readonly TakenMessage[],
  options: StoreMessagesOptions,
): Promise<TelemetryErrorCode | undefined> {
  const failed = await Promise.all(messages.map((message) => settle(message, options)));
  return failed.find((code) => code !== undefined);
}

/** @returns why its events could not be stored; undefined when they were, or nobody can read them */
async function settle(
  message: TakenMessage,
  options: StoreMessagesOptions,
): Promise<TelemetryErrorCode | undefined> {
  const { content } = message;
  switch (content.status) {
    case 'read':
      if (!options.signal.aborted) return store(message, content.events, options);
      leave(message, options);
      break;
    case 'newer':
      message.retry(NEWER_AFTER_MS);
      options.onMessage('newer');
      break;
    case 'unreadable':
      giveUp(message, options);
      break;
    default:
      content satisfies never;
  }
  return undefined;
}

async function store(
  message: TakenMessage,
  events: readonly StoredEvent[],
  options: StoreMessagesOptions,
): Promise<TelemetryErrorCode | undefined> {
  try {
    options.onStored(await options.store.add(events));
  } catch (error) {
    const code = isTelemetryError(error) ? error.code : 'DATABASE_FAILED';
    if (code === 'REQUEST_INVALID') giveUp(message, options);
    else leave(message, options);
    return code;
  }
  message.done();
  options.onMessage('stored');
  return undefined;
}

function giveUp(message: TakenMessage, { onMessage }: StoreMessagesOptions): void {
  message.giveUp();
  onMessage('given_up');
}

function leave(message: TakenMessage, { delayMs, onMessage, signal }: StoreMessagesOptions): void {
  message.retry(signal.aborted ? 0 : delayMs(message.deliveries));
  onMessage('retried');
}
