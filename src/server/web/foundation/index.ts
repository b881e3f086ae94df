export { createWebParts, type WebPartsOptions } from './create-web-parts.js';
export { answerError, answerFailure, wantsPage } from './failure.js';
export { installFoundation } from './install-foundation.js';
export { answerPage, CsrfField, Page, type PageProps } from './page.js';
export { answerForward, answerSignedOut, answerTokenRefused, tokenOf } from './require-token.js';
export { readSessionId } from './session-cookie.js';
export type { Session, SessionSlot } from './sessions.js';
export { closeSession, openSession } from './sign-in.js';
export { addSignInPaths } from './sign-in-path.js';
export {
  type Door,
  signInPathOf,
  type Tab,
  type TokenCheck,
  type WebEnv,
  type WebPage,
  type WebParts,
} from './web-env.js';
