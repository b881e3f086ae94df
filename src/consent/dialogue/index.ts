/** Texts for the person, their layout, and the question: everything a conversation needs. Most runs never load it. */
export {
  type AskConsentOptions,
  type AskStreams,
  askConsent,
  type ConsentAnswer,
  openTerminal,
  type Terminal,
  type TerminalStreams,
  whyNotAsk,
} from './ask/index.js';
export {
  AUTOMATIC_RULE,
  type ChangesTextInput,
  type ConsentText,
  type ConsentTextInput,
  changesText,
  consentText,
  describeChange,
  fieldsInFewWords,
  renderDetails,
  renderLine,
  renderText,
  resolveTextStyle,
  type StyleInput,
  type TextSection,
  type TextStyle,
} from './text/index.js';
