import { setTimeout as sleep } from 'node:timers/promises';
import { isTelemetryError } from '../../internal/index.js';
import { SERVICE_VARIABLES, type ServiceSettings } from '../../settings/index.js';
import type { Area } from '../db/areas.js';
import type { Database } from '../db/contract.js';
import { loadDatabase } from '../db/load-database.js';
import { readAnnouncement } from './announcement.js';
import type { Operator } from './operator.js';
import { createOperator } from './perform/index.js';
import { createRemoteOperator, UnreachableError } from './remote.js';

/** An operator, and where what it changes is kept. */
export interface OpenedOperator extends Operator, AsyncDisposable {
  readonly kind: Database['kind'];
}

type OperatorArea = Exclude<Area, 'collector'>;

/** What the operator says, as `readServiceSettings` reads it. */
type OperatorSettings = Pick<ServiceSettings, 'databaseUrl' | 'dataDirectory'> &
  Partial<Pick<ServiceSettings, 'enabledByDefault'>>;

interface OpenOperatorOptions {
  /** Whose tables it is about, on a server: those of the product with its organisations, unless it is said to be the vendor's. */
  readonly area?: OperatorArea;
  /** How long to wait for a process that has the embedded database and does not answer; a minute unless given. */
  readonly patienceMs?: number;
  /** Told once that this waits. */
  readonly onWaiting?: () => void;
}

/** A process that starts or ends has the embedded database, and answers nobody yet or any more. On a busy machine that takes long. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;
const ATTEMPTS_UNTOLD = 10;

/**
 * Open the services' database for the operator: PostgreSQL where one is named, and otherwise the embedded one, which is made if need
 * be. While another process of this machine has the embedded one, what is asked for is done through that process.
 *
 * @throws {RepositoryError} `DATABASE_UNAVAILABLE`, `DATABASE_IN_USE`, `DATABASE_NEWER`; {ConfigError} `OPTION_INVALID` where there is no
 *   place for files; {TelemetryError} `PEER_MISSING`
 */
export async function openOperator(
  settings: OperatorSettings,
  { area = 'product', patienceMs = PATIENCE_MS, onWaiting = () => {} }: OpenOperatorOptions = {},
): Promise<OpenedOperator> {
  const deadlineMs = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openHere(settings, area);
    } catch (error) {
      if (!isTelemetryError(error) || error.code !== 'DATABASE_IN_USE') throw error;
      const remote = await findRemote(settings);
      if (remote !== undefined) return remote;
      if (performance.now() >= deadlineMs) throw error;
      if (attempt === ATTEMPTS_UNTOLD) onWaiting();
    }
    await sleep(PAUSE_MS);
  }
}

async function openHere(
  { enabledByDefault = SERVICE_VARIABLES.enabledByDefault.fallback, ...place }: OperatorSettings,
  area: OperatorArea,
): Promise<OpenedOperator> {
  const database = await loadDatabase(place, [area]);
  const close = () => database.close();
  return {
    kind: database.kind,
    ...createOperator({ database, enabledByDefault }),
    [Symbol.asyncDispose]: close,
  };
}

/** The process that has announced itself, if it answers. */
async function findRemote({ dataDirectory }: OperatorSettings): Promise<OpenedOperator | undefined> {
  const announcement = dataDirectory === undefined ? undefined : readAnnouncement(dataDirectory);
  if (announcement === undefined) return undefined;
  const operator = createRemoteOperator(announcement);
  try {
    await operator.perform({ command: 'read_stop' });
    return { kind: 'pglite', ...operator, [Symbol.asyncDispose]: async () => {} };
  } catch (error) {
    if (error instanceof UnreachableError) return undefined;
    throw error;
  }
}
