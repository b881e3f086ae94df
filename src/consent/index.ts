export { type ConsentInput, decideConsent } from './decide.js';
export type { ConsentDecision, ConsentReason, DecidingLayer, Mode, SwitchDecision } from './decision.js';
// The rest of it is loaded when it is needed: `loadDialogue()`.
export type { ConsentText, ConsentTextInput, Terminal, TextStyle } from './dialogue/index.js';
export { ConsentError } from './errors.js';
export type { Agreed } from './file/agreement.js';
export type { ConsentAnswers } from './file/answers.js';
export {
  type ConsentFile,
  type ConsentFileEffects,
  type ConsentFileOptions,
  openConsentFile,
} from './file/consent-file.js';
export { type ConsentFileStatus, MAX_FILE_BYTES as MAX_CONSENT_FILE_BYTES } from './file/content.js';
export { type ConsentRecord, UNREADABLE_CATALOGUE } from './file/record.js';
export { loadDialogue } from './load-dialogue.js';
export { CONSENT_SWITCHES, toSwitchWord } from './switches.js';
export { type ConsentWatch, createConsentWatch } from './watch.js';
