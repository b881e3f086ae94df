export interface PersonOptions {
  /** The local API of the app's telemetry, in this process. */
  readonly localApi: (request: Request) => Response | Promise<Response>;
  /** The path that the local API stands under, such as `/api/telemetry`. */
  readonly basePath: string;
  /** The app's name. */
  readonly app: string;
}
