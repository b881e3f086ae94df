import { ConfigError } from '../../../internal/index.js';
import { loadRoom } from '../load-room.js';
import type { RoleContext } from '../role-context.js';
import type { RolePart } from '../role-part.js';

/** @throws {ConfigError} `OPTION_INVALID` without a stream; {TelemetryError} `PEER_MISSING` */
export async function openWriter({ databases, services, logTo }: RoleContext): Promise<RolePart> {
  const { ingestStream: addresses, ingestRetentionDays: retentionDays } = services;
  if (addresses === undefined)
    throw new ConfigError(
      'OPTION_INVALID',
      'The role writer needs a stream to store from: name its servers in INGEST_STREAM. Without one the role ingest stores events itself, and there is nothing to do for a writer.',
    );
  const {
    createLog,
    createQueuedMessages,
    createLink,
    loadNats,
    logLink,
    createUpkeep,
    createWriter,
    pauseFor,
    toService,
  } = await loadRoom(loadParts);
  const database = await databases.open(['vendor'], { copiesIn: true });
  const nats = await loadNats();
  const shared = {
    log: createLog('event_writer', logTo),
    pause: pauseFor,
    random: Math.random,
    nowMs: Date.now,
  };
  const link = createLink({ addresses, nats, pause: pauseFor, onChange: logLink(shared.log) });
  return {
    doors: [],
    service: toService((metrics) => [
      createWriter({
        messages: createQueuedMessages({ nats, link }),
        store: database.events,
        link,
        metrics,
        ...shared,
      }),
      createUpkeep({
        subject: 'events',
        run: (nowMs) => database.eventUpkeep.run({ nowMs, retentionDays }),
        metrics,
        ...shared,
      }),
    ]),
  };
}

async function loadParts() {
  const [observe, stream, work, writer] = await Promise.all([
    import('../../observe/index.js'),
    import('../../stream/index.js'),
    import('../../work/index.js'),
    import('../../writer/index.js'),
  ]);
  return { ...observe, ...stream, ...work, ...writer };
}
