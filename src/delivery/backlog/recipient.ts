import type { SanitizedEvent } from '../../privacy/index.js';
import type { SpoolNote } from '../../store/index.js';
import type { Rest } from '../rest.js';
import type { Sink } from '../sink.js';

/** Where the events of a note go. */
export interface Recipient {
  readonly sink: Sink;
  /** Asked before every request: may they be sent? Not now, or, where the consent they were recorded under is over, never. */
  readonly ask: () => 'yes' | 'not_now' | 'never';
  /** Of the server: one for all who send to it. */
  readonly rest: Rest;
  /** Events of different kinds go in different requests, each to a path of its own. */
  readonly kindOf: (event: SanitizedEvent) => string;
}

export interface Recipients {
  of(note: SpoolNote): Recipient;
  /** The requests under way are given up. */
  abort(): void;
}

/** One for all files with equal notes. */
export function createRecipients(connect: (note: SpoolNote) => Recipient): Recipients {
  const recipients = new Map<string, Recipient>();
  return {
    of(note) {
      const key = JSON.stringify(note);
      const recipient = recipients.get(key) ?? connect(note);
      recipients.set(key, recipient);
      return recipient;
    },
    abort() {
      for (const { sink } of recipients.values()) sink.abort();
    },
  };
}
