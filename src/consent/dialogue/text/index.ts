export { type ChangesTextInput, changesText, describeChange } from './changes-text.js';
export { AUTOMATIC_RULE, fieldsInFewWords } from './collected.js';
export { type ConsentText, type ConsentTextInput, consentText, type TextSection } from './consent-text.js';
export { renderDetails, renderLine, renderText } from './render.js';
export { resolveTextStyle, type StyleInput, type TextStyle } from './style.js';
