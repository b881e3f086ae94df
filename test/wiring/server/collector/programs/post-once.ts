/** Makes one request to a vendor service, with the key and the proxies of the environment; tells what became of it. */
import { createVendorClient } from '../../../../../src/server/collector/create-vendor-client.js';
import { proxyFor, readEnvironment, readProxies } from '../../../../../src/settings/index.js';

const [url = ''] = process.argv.slice(2);
const proxies = readProxies(readEnvironment());
const client = createVendorClient({
  url,
  licenseKey: process.env.VENDOR_LICENSE_KEY ?? '',
  timeoutMs: 10_000,
  proxyFor: (address) => proxyFor(address, proxies),
});
process.stdout.write(JSON.stringify(await client.post({ path: '/telemetry/heartbeat', body: '{}' })));
