/** The settings service: in this process, or behind {@link createConfigUpstream}. Paths are those of `CONFIG_PATH`. */
export type ConfigService = (request: Request) => Response | Promise<Response>;
