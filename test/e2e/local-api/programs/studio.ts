import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import { createTelemetry } from 'sotto';
import { startLocalApiServer } from 'sotto/server';

/*
 * A studio with a local API. Its only argument are options as JSON. Prints the address of the API, and after each line of
 * standard input, which makes it emit a hook or catch a crash, `done`.
 */
const telemetry = createTelemetry({ app: 'acme', ...JSON.parse(process.argv[2] ?? '{}') });
const server = await startLocalApiServer(telemetry, { port: 0, maxRequestsPerSecond: 100_000 });
const emitter = new EventEmitter();
telemetry.instrument(emitter);

createInterface({ input: process.stdin }).on('line', (line) => {
  const { hook, payload, message, stack, context } = JSON.parse(line);
  if (hook !== undefined) emitter.emit(hook, payload);
  else telemetry.captureCrash(Object.assign(new Error(message), { stack, context }), context);
  process.stdout.write('done\n');
});
process.stdout.write(`${server.url}/api/telemetry\n`);
