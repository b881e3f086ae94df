export { type ConsentInput, decideConsent } from './decide.js';
export type { ConsentDecision, ConsentReason, DecidingLayer, Mode } from './decision.js';
