import type { ServiceCommandDefinition, ServiceContext } from '../../command.js';
import { EXIT, UsageError } from '../../exit-status.js';
import { runServer } from '../../run-server.js';
import { toPort } from '../serve.js';
import { describeLicense, describeResult, isDone } from './describe.js';
import { withCollector } from './with-collector.js';

/** The port of seed 001, which its probes ask. */
const PORT = 8_000;

/** The role `collector`, in a process of its own. */
export const collectorRun: ServiceCommandDefinition = {
  name: 'collector',
  needsApp: false,
  summary: 'count the runs of the organisations that are on, and send the sums to the vendor, until Ctrl-C',
  details:
    'Run the collector: what `sotto serve --roles collector` does, on port 8000. It reads DATABASE_URL, VENDOR_SERVICE_URL, VENDOR_LICENSE_KEY ' +
    'and the other variables of the services. Writes lines of JSON on standard output. With --once, for jobs that run now and then: ask about ' +
    'the licence, send one heartbeat and the daily reports that are due, and end; 1 when something of it was not accepted.',
  options: [
    { flags: '--once', description: 'do what is due, and end' },
    { flags: '--port <port>', description: 'the port to listen on, 0 for any free one; 8000 unless given' },
    {
      flags: '--host <address>',
      description: 'the IP address to listen on; this machine alone unless given',
    },
  ],
  run(context, { once = false, port, host }) {
    if (!once) return serve(context, toPort(port) ?? PORT, host);
    if (port !== undefined || host !== undefined)
      throw new UsageError('With --once nothing is listened to: leave --port and --host out.');
    return runOnce(context);
  },
};

function serve(context: ServiceContext, port: number, host: string | undefined): Promise<number> {
  const { err } = context;
  return runServer(context, {
    roles: ['collector'],
    port,
    host,
    onListening: ({ url }) => {
      err.line(`Listening on ${url}: /health, /ready, /metrics, /internal/license.`);
      err.line('What would be sent: run `sotto collector preview`. Ctrl-C ends this.');
    },
  });
}

function runOnce(context: ServiceContext): Promise<number> {
  const { out } = context;
  return withCollector(context, async (collector) => {
    const { license, isSender, heartbeat, days } = await collector.runOnce();
    out.line(`Licence: ${describeLicense(license)}`);
    if (!isSender) {
      out.line('Another process sends for this installation: nothing was sent by this one.');
      return EXIT.done;
    }
    if (heartbeat) out.line(`Heartbeat: ${describeResult(heartbeat)}.`);
    for (const { dateUtc, result } of days) out.line(`Report of ${dateUtc}: ${describeResult(result)}.`);
    const results = [...(heartbeat ? [heartbeat] : []), ...days.map(({ result }) => result)];
    return license === 'valid' && results.every(isDone) ? EXIT.done : EXIT.failed;
  });
}
