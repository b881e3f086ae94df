export { errorCode, errorFingerprint, errorName, frameText, messageTemplate } from './domains.js';
export { isErrorCode } from './error-code.js';
export { ERROR_CATEGORIES, type ErrorCategory, type ErrorDescription } from './error-description.js';
export { toErrorName } from './error-name.js';
export { ANONYMOUS, type Frame } from './frame.js';
export { toFrameText } from './frame-text.js';
export { toMessageTemplate } from './message-template.js';
export { RELEASE } from './release.js';
