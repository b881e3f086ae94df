export { askConfigService, type ConfigAnswer, type ConfigQuestion } from './ask-config-service.js';
export type { ConfigService } from './config-service.js';
export { type ConfigUpstreamOptions, createConfigUpstream } from './create-config-upstream.js';
