import { createIngestApp, type IngestOptions } from '../../ingest/index.js';
import { toDoor } from '../dispatch.js';
import { loadRoom } from '../load-room.js';
import { openReceiptKey } from '../receipt-key-file.js';
import type { RoleContext } from '../role-context.js';
import type { RolePart } from '../role-part.js';

const PATHS = ['/batch', '/flags', '/events', '/.well-known/jwks.json'];
const LOG_NAME = 'event_ingest';

/** The role stores received events by itself, or with a stream hands them on. @throws {TelemetryError} `PEER_MISSING` */
export function openIngest(context: RoleContext): Promise<RolePart> {
  const { ingestStream } = context.services;
  return ingestStream === undefined ? openStoring(context) : openStreaming(context, ingestStream);
}

async function openStoring(context: RoleContext): Promise<RolePart> {
  const { databases, services, logTo } = context;
  const { ingestRetentionDays: retentionDays } = services;
  const { createLog, createUpkeep, pauseFor, toService } = await loadRoom(loadStoringParts);
  const database = await databases.open(['vendor'], { copiesIn: true });
  const service = toService((metrics) => [
    createUpkeep({
      subject: 'events',
      run: (nowMs) => database.eventUpkeep.run({ nowMs, retentionDays }),
      log: createLog(LOG_NAME, logTo),
      metrics,
      pause: pauseFor,
      random: Math.random,
      nowMs: Date.now,
    }),
  ]);
  return { doors: [toIngestDoor(context, { store: database.events, ...ownKeyOf(services) })], service };
}

/** Beside the embedded database, which this process alone has; processes that share a server have to share a key. */
function ownKeyOf({ databaseUrl, dataDirectory, receiptSigningKey }: RoleContext['services']) {
  const isOwn = receiptSigningKey === undefined && databaseUrl === undefined && dataDirectory !== undefined;
  return isOwn ? { receiptKey: openReceiptKey(dataDirectory) } : {};
}

/** Events go into a stream, for writers to store. @param addresses - of the stream's servers */
async function openStreaming(context: RoleContext, addresses: readonly string[]): Promise<RolePart> {
  const { roles, databases, services, logTo } = context;
  const { createLog, createStreamService, pauseFor } = await loadRoom(loadStreamingParts);
  const service = await createStreamService({
    addresses,
    log: createLog(LOG_NAME, logTo),
    pause: pauseFor,
    nowMs: Date.now,
  });
  // It keeps nothing, and reads what is stored where it can: from a server, or beside a writer.
  const canRead = services.databaseUrl !== undefined || roles.has('writer');
  const store = canRead ? { store: (await databases.open(['vendor'])).events } : {};
  return { doors: [toIngestDoor(context, { queue: service.queue, ...store })], service };
}

function toIngestDoor({ services, onFailure }: RoleContext, kept: IngestOptions) {
  const { ingestApiKeys: apiKeys, ingestReadKey: readKey, receiptSigningKey: receiptKey } = services;
  const keys = {
    ...(apiKeys && { apiKeys }),
    ...(readKey !== undefined && { readKey }),
    ...(receiptKey !== undefined && { receiptKey }),
  };
  return toDoor(PATHS, createIngestApp({ ...kept, ...keys, onFailure }));
}

async function loadStoringParts() {
  const [observe, work] = await Promise.all([
    import('../../observe/index.js'),
    import('../../work/index.js'),
  ]);
  return { ...observe, ...work };
}

async function loadStreamingParts() {
  const [observe, stream, work] = await Promise.all([
    import('../../observe/index.js'),
    import('../../stream/index.js'),
    import('../../work/index.js'),
  ]);
  return { ...observe, ...stream, ...work };
}
