import type { Service } from './service.js';

/** The settings service: in this process, or behind {@link createConfigUpstream}. Paths are those of `CONFIG_PATH`. */
export type ConfigService = Service;
