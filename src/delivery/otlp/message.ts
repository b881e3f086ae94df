import type { SanitizedEvent } from '../../privacy/index.js';
import { type Message, toMessage } from '../message.js';

/** An event as it leaves as OTLP: all that is sent of it, before it is encoded. Nothing is added. */
export const toOtlpMessage = (event: SanitizedEvent): Message => toMessage(event);
