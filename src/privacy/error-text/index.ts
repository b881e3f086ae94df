export { errorCode, isErrorCode } from './error-code.js';
export { ERROR_CATEGORIES, type ErrorCategory, type ErrorDescription } from './error-description.js';
export { errorFingerprint } from './error-fingerprint.js';
export { errorName, toErrorName } from './error-name.js';
export { ANONYMOUS, type Frame, frameText, toFrameText } from './frame-text.js';
export { messageTemplate, toMessageTemplate } from './message-template.js';
export { RELEASE } from './release.js';
