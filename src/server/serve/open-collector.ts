import { readServiceSettings, type ServiceSettings } from '../../settings/index.js';
import type { CorrectionResult, OnceResult, PreviewedReport } from '../collector/sending/results.js';
import type { LogDestination } from '../observe/log-destination.js';
import { openCollectorParts } from './roles/collector.js';
import { createServiceDatabases } from './service-databases.js';

export type { CorrectionResult, OnceResult, PreviewedReport };

/** What a collector can be asked for. */
export interface CollectorRequests {
  /** The next reports, byte for byte. Sends nothing, asks the vendor nothing and writes nothing. */
  preview(): Promise<readonly PreviewedReport[]>;
  /** What is due now: the licence, one heartbeat, and the daily reports that have not been sent. */
  runOnce(): Promise<OnceResult>;
  /**
   * Send the report of a UTC day once more, marked as a correction.
   *
   * @throws {TelemetryError} `OPTION_INVALID` if there is no such day, or it is not over
   */
  correct(dateUtc: string): Promise<CorrectionResult>;
}

export interface OpenCollectorOptions {
  /** Where lines of JSON about what it does go; standard output unless given. */
  readonly logTo?: LogDestination;
  /** Whether it is only looked at: nothing is written, and tables that are not there are not made; false unless given. */
  readonly isReadOnly?: boolean;
  /** Gives up the opening: it rejects, and what was opened is closed. */
  readonly signal?: AbortSignal;
}

/** A collector that does what it is asked for, and nothing by itself. */
export interface OpenedCollector extends CollectorRequests, AsyncDisposable {}

/**
 * Open the collector for a job that runs now and then, or to look at what it would send.
 *
 * @param services - what the operator says; what is left out is read from the variables of the process
 * @throws {ConfigError} `OPTION_INVALID` without the vendor's address or a licence key; {TelemetryError} `PEER_MISSING`; {RepositoryError}
 *   `DATABASE_IN_USE` while another process has the embedded database, `DATABASE_FAILED` where tables are missing and may not be made, and
 *   others when the database cannot be opened; the reason of `signal`
 */
export async function openCollector(
  services: Partial<ServiceSettings> = {},
  { logTo, isReadOnly = false, signal }: OpenCollectorOptions = {},
): Promise<OpenedCollector> {
  const settings = { ...readServiceSettings(), ...services };
  const databases = createServiceDatabases(settings, isReadOnly);
  try {
    const collector = await openCollectorParts({
      databases,
      services: settings,
      logTo,
      onFailure: () => {},
    });
    signal?.throwIfAborted();
    return {
      preview: () => collector.preview(),
      runOnce: () => collector.runOnce(),
      correct: (dateUtc) => collector.correct(dateUtc),
      async [Symbol.asyncDispose]() {
        await collector.stop();
        await databases[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await databases[Symbol.asyncDispose]();
    throw error;
  }
}
