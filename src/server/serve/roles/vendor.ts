import { DASHBOARD_PATH, VENDOR_PATHS } from '../../wire/index.js';
import { toDoor } from '../dispatch.js';
import { loadRoom } from '../load-room.js';
import type { RoleContext } from '../role-context.js';
import type { RolePart } from '../role-part.js';

const PATHS = [VENDOR_PATHS.validateLicense, '/telemetry', DASHBOARD_PATH];

/** @throws {TelemetryError} `PEER_MISSING` */
export async function openVendor({ databases, services, logTo, onFailure }: RoleContext): Promise<RolePart> {
  const { createLog, createVendor } = await loadRoom(loadParts);
  const { heartbeatRetentionDays, dailyRetentionDays } = services;
  const vendor = createVendor({
    database: await databases.open(['vendor']),
    retention: { heartbeatRetentionDays, dailyRetentionDays },
    readKey: services.vendorReadKey,
    log: createLog('vendor_service', logTo),
    onFailure,
  });
  return { doors: [toDoor(PATHS, vendor.app)], service: vendor };
}

async function loadParts() {
  const [observe, vendor] = await Promise.all([
    import('../../observe/index.js'),
    import('../../vendor/index.js'),
  ]);
  return { ...observe, ...vendor };
}
