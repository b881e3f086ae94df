export { answerWhileSignedIn } from './answer-while-signed-in.js';
export { ColumnHeads } from './column-heads.js';
export { createWebParts, type WebPartsOptions } from './create-web-parts.js';
export type { Door, TokenCheck } from './door.js';
export { answerFailure } from './failure.js';
export { installFoundation } from './install-foundation.js';
export { answerPage, CsrfField, Page, type PageProps } from './page.js';
export { assertOwnReader } from './page-origin.js';
export { answerSignedOut, answerTokenRefused, behindDoor, type Route, tokenOf } from './require-token.js';
export { createSecretRoom, SECRET_ROOMS } from './secret-room.js';
export type { Session, SessionSlot } from './sessions.js';
export { addSignInPaths } from './sign-in-path.js';
export { TimeUtc } from './time-utc.js';
export type {
  Tab,
  WebEnv,
  WebPage,
  WebParts,
} from './web-env.js';
