export { type AskConsentOptions, askConsent, type ConsentAnswer } from './ask-consent.js';
export { openTerminal, type TerminalStreams } from './open-terminal.js';
export type { Terminal } from './terminal.js';
export { type AskStreams, whyNotAsk } from './why-not-ask.js';
