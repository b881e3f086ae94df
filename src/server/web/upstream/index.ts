export { askService, openAnswer, type Question, type ServiceAnswer } from './ask-service.js';
export type { ConfigService } from './config-service.js';
export { type ConfigUpstreamOptions, createConfigUpstream } from './create-config-upstream.js';
export { type Known, knownValue, readKnown, toTokenCheck } from './known.js';
export type { Service } from './service.js';
