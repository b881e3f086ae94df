export { createWebParts, type WebPartsOptions } from './create-web-parts.js';
export { answerFailure } from './failure.js';
export { installFoundation } from './install-foundation.js';
export { answerPage, CsrfField, Page, type PageProps } from './page.js';
export { answerSignedOut, answerTokenRefused, tokenOf } from './require-token.js';
export { readSessionId } from './session-cookie.js';
export type { Session, SessionSlot } from './sessions.js';
export { addSignInPaths } from './sign-in-path.js';
export { TimeUtc } from './time-utc.js';
export type {
  Door,
  Tab,
  TokenCheck,
  WebEnv,
  WebPage,
  WebParts,
} from './web-env.js';
