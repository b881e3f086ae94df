import type { SanitizedEvent } from '../../privacy/index.js';
import type { Message } from '../message.js';
import { toPostHogMessage } from './wire.js';

/**
 * Makes the messages of batches, and those of the next batch while a request is on its way: the process would only wait meanwhile.
 *
 * @remarks Holds the messages of one batch at most.
 */
export class MessageMaker {
  #ahead: ReadonlyMap<SanitizedEvent, Message> = new Map();

  make(batch: readonly SanitizedEvent[]): readonly Message[] {
    const ahead = this.#ahead;
    this.forget();
    return batch.map((event) => ahead.get(event) ?? toPostHogMessage(event));
  }

  /** @param upcoming - asked once what was begun before is out of hands */
  makeAhead(upcoming: () => readonly SanitizedEvent[]): void {
    setImmediate(() => {
      this.#ahead = new Map(upcoming().map((event) => [event, toPostHogMessage(event)]));
    });
  }

  forget(): void {
    this.#ahead = new Map();
  }
}
