import { ConfigError } from '../../../internal/index.js';
import { proxyFor, type ServiceSettings } from '../../../settings/index.js';
import type { Collector } from '../../collector/index.js';
import type { Log } from '../../observe/index.js';
import { INTERNAL_PATH } from '../../wire/index.js';
import { toDoor } from '../dispatch.js';
import { loadRoom } from '../load-room.js';
import type { RoleContext } from '../role-context.js';
import type { RolePart } from '../role-part.js';
import type { ServiceDatabases } from '../service-databases.js';

/** For one request to the vendor service. */
const REQUEST_TIMEOUT_MS = 30_000;

/** A day of an installation with many runs takes some seconds to count. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** @throws {ConfigError} `OPTION_INVALID` without the vendor's address or a licence key; and as `ServiceDatabases.open` does */
export async function openCollectorRole(context: RoleContext): Promise<RolePart> {
  const collector = await openCollectorParts(context);
  return { doors: [toDoor([INTERNAL_PATH], collector.app)], service: collector, collector };
}

/** The collector of this process, which does not work by itself yet. */
export async function openCollectorParts({
  databases,
  services,
  logTo,
  onFailure,
}: Pick<RoleContext, 'databases' | 'services' | 'logTo' | 'onFailure'>): Promise<Collector> {
  const { url, licenseKey } = requireVendor(services);
  const { createCollector, createVendorClient, createLog } = await loadRoom(loadParts);
  const client = createVendorClient({
    url,
    licenseKey,
    timeoutMs: REQUEST_TIMEOUT_MS,
    proxyFor: (address) => proxyFor(address, services.proxies),
  });
  const log: Log = createLog('telemetry_collector', logTo);
  return createCollector({ ...(await openTables(databases)), settings: services, client, log, onFailure });
}

function requireVendor({ vendorServiceUrl, vendorLicenseKey }: ServiceSettings) {
  if (vendorServiceUrl === undefined || vendorLicenseKey === undefined)
    throw new ConfigError(
      'OPTION_INVALID',
      'The role collector needs VENDOR_SERVICE_URL and VENDOR_LICENSE_KEY: where it sends to, and the licence key of the customer.',
    );
  return { url: vendorServiceUrl, licenseKey: vendorLicenseKey };
}

/** What it counts is read only, and of the moment: a replica hears of a no late. What it sent stands apart. */
async function openTables(databases: ServiceDatabases) {
  const database = await databases.open(['product'], {
    readOnly: true,
    primaryOnly: true,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  const { sends: ledger } = await databases.openLedger();
  return { database, ledger };
}

async function loadParts() {
  const [collector, observe] = await Promise.all([
    import('../../collector/index.js'),
    import('../../observe/index.js'),
  ]);
  return { ...collector, ...observe };
}
