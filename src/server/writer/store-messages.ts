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

/** Of one transaction. */
const MAX_EVENTS = 5_000;
/** For a writer of a later version to come and take it. */
const NEWER_AFTER_MS = 60_000;

/**
 * Store what some messages carry, in transactions of several messages, and say so of each one afterwards: what ends before is given to
 * somebody again, and counts once.
 *
 * @returns why something could not be stored; undefined when all was that could be
 */
export async function storeMessages(
  messages: readonly TakenMessage[],
  options: StoreMessagesOptions,
): Promise<TelemetryErrorCode | undefined> {
  let failed: TelemetryErrorCode | undefined;
  for (const group of toGroups(messages.flatMap((message) => sortOut(message, options)))) {
    // Once the database is away there is no use in trying the rest.
    if (options.signal.aborted || failed === 'DATABASE_UNAVAILABLE') leave(group, options);
    else failed = (await storeGroup(group, options)) ?? failed;
  }
  return failed;
}

interface Readable {
  readonly message: TakenMessage;
  readonly events: readonly StoredEvent[];
}

/** @returns nothing of one that cannot be read */
function sortOut(message: TakenMessage, { onMessage }: StoreMessagesOptions): readonly Readable[] {
  const { content } = message;
  switch (content.status) {
    case 'read':
      return [{ message, events: content.events }];
    case 'newer':
      message.retry(NEWER_AFTER_MS);
      onMessage('newer');
      return [];
    case 'unreadable':
      message.giveUp();
      onMessage('given_up');
      return [];
    default:
      return content satisfies never;
  }
}

function toGroups(messages: readonly Readable[]): readonly (readonly Readable[])[] {
  const groups: Readable[][] = [];
  let eventCount = 0;
  for (const readable of messages) {
    const last = groups.at(-1);
    eventCount += readable.events.length;
    if (last !== undefined && eventCount <= MAX_EVENTS) last.push(readable);
    else {
      groups.push([readable]);
      eventCount = readable.events.length;
    }
  }
  return groups;
}

async function storeGroup(
  group: readonly Readable[],
  options: StoreMessagesOptions,
): Promise<TelemetryErrorCode | undefined> {
  try {
    options.onStored(await options.store.add(group.flatMap(({ events }) => events)));
  } catch (error) {
    return handleFailure(group, options, isTelemetryError(error) ? error.code : 'DATABASE_FAILED');
  }
  for (const { message } of group) {
    message.done();
    options.onMessage('stored');
  }
  return undefined;
}

async function handleFailure(
  group: readonly Readable[],
  options: StoreMessagesOptions,
  code: TelemetryErrorCode,
): Promise<TelemetryErrorCode> {
  const [first] = group;
  if (code === 'DATABASE_UNAVAILABLE') leave(group, options);
  else if (group.length === 1 && first !== undefined && code === 'REQUEST_INVALID') {
    first.message.giveUp();
    options.onMessage('given_up');
  } else if (group.length === 1) leave(group, options);
  // One of them may be the reason: the others are stored by themselves.
  else for (const single of group) await storeGroup([single], options);
  return code;
}

function leave(group: readonly Readable[], { delayMs, onMessage, signal }: StoreMessagesOptions): void {
  for (const { message } of group) {
    message.retry(signal.aborted ? 0 : delayMs(message.deliveries));
    onMessage('retried');
  }
}
