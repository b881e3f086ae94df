import type { Database } from '../db/contract.js';
import type { Log } from '../observe/index.js';
import type { RequestCount } from './count-requests.js';

/** How the vendor service is set up. */
export interface VendorOptions {
  readonly database: Pick<Database, 'licenses' | 'received' | 'reportReadings' | 'requestLimits'>;
  /** What opens the reports that came for reading; without it, nothing is there to read. */
  readonly readKey?: string | undefined;
  /** Told of failures that are answered with status 500 or 503; nothing is logged without it. */
  readonly onFailure?: (error: unknown) => void;
  /** Told of each report that is accepted. */
  readonly log?: Pick<Log, 'info'>;
  /** Told of each answer to a collector. */
  readonly countRequest?: RequestCount;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

/** What routes work with. */
export type VendorParts = VendorOptions &
  Required<Pick<VendorOptions, 'onFailure' | 'log' | 'countRequest' | 'now'>>;
