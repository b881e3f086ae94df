import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSize } from '../lib/bundle.mjs';
import { directoryBytes } from '../lib/directory-bytes.mjs';
import { ratioTo, SOTTO, toFigure } from '../lib/figure.mjs';
import { installInto, packPackage } from '../lib/installation.mjs';
import { PEER_VERSIONS } from '../lib/installed-peers.mjs';

const KILOBYTE = 1_000;

/** The least that records an event. */
const PEERS = {
  'posthog-node': {
    packages: ['posthog-node'],
    source: `import { PostHog } from 'posthog-node';
      const client = new PostHog('phc_bench');
      client.capture({ distinctId: 'bench', event: 'started' });
      await client.shutdown();`,
  },
  '@automagik/telemetry': {
    packages: ['@automagik/telemetry'],
    source: `import { AutomagikTelemetry } from '@automagik/telemetry';
      const client = new AutomagikTelemetry({ projectName: 'bench', version: '1.0.0' });
      client.trackEvent('started');
      await client.disable();`,
  },
  '@segment/analytics-node': {
    packages: ['@segment/analytics-node'],
    source: `import { Analytics } from '@segment/analytics-node';
      const client = new Analytics({ writeKey: 'bench' });
      client.track({ anonymousId: 'bench', event: 'started' });
      await client.closeAndFlush();`,
  },
  'OpenTelemetry logs': {
    packages: [
      '@opentelemetry/api-logs',
      '@opentelemetry/sdk-logs',
      '@opentelemetry/exporter-logs-otlp-http',
    ],
    source: `import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
      import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
      const exporter = new OTLPLogExporter();
      const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
      provider.getLogger('bench').emit({ eventName: 'started' });
      await provider.shutdown();`,
  },
};

const OUR_SOURCE = `import { createTelemetry, defineEvent } from 'sotto';
  const Started = defineEvent('started', {});
  const client = createTelemetry({ app: 'bench', events: [Started] });
  client.capture(Started.create({}));
  await client.shutdown();`;

/** What a maker gets with the package, and what of it a small program needs. Each has one value: nothing here varies. */
export async function* measureSize({ dist }) {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-bench-size-'));
  try {
    const round = await measureAll(fileURLToPath(new URL('..', dist)), folder);
    const figure = (name, unit, toValue) =>
      toFigure({ name, unit, goals: Object.keys(PEERS).map(ratioTo) }, [
        Object.fromEntries(Object.entries(round).map(([side, sizes]) => [side, toValue(sizes)])),
      ]);
    yield figure('installed in an empty project', 'kB', ({ installed }) => installed / KILOBYTE);
    yield figure('packages installed, its own included', 'packages', ({ packages }) => packages);
    yield figure('bundle of a minimal use, minified', 'kB', ({ bytes }) => bytes / KILOBYTE);
    yield figure('the same, compressed by gzip', 'kB', ({ gzippedBytes }) => gzippedBytes / KILOBYTE);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(root, folder) {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const ours = {
    packages: [await packPackage(root, folder)],
    source: OUR_SOURCE,
    // Optional packages that are not installed.
    external: Object.keys(peerDependencies),
  };
  const round = {};
  for (const [side, { packages, source, external = [] }] of Object.entries({ [SOTTO]: ours, ...PEERS })) {
    const project = join(folder, String(Object.keys(round).length));
    const named = packages.map((name) => (name in PEER_VERSIONS ? `${name}@${PEER_VERSIONS[name]}` : name));
    const count = await installInto(project, named);
    const installed = directoryBytes(join(project, 'node_modules'));
    round[side] = {
      packages: count,
      installed,
      ...(await bundleSize(source, { folder: project, external })),
    };
  }
  return round;
}
