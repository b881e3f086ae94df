/** Shows a command-line tool that asks its user once, offers `acme telemetry …`, and takes `--disable-telemetry`. */
import { createTelemetry, takeTelemetryFlag } from 'sotto';
import { createTelemetryCommand } from 'sotto/cli';
import { ACME, CommandRun } from './support/acme-telemetry.js';

const { args, options } = takeTelemetryFlag(process.argv.slice(2));
const [command = 'build', ...files] = args;

if (command === 'telemetry') {
  process.exitCode = await createTelemetryCommand(ACME).run(files);
} else {
  await using telemetry = createTelemetry({ ...ACME, ...options });
  await telemetry.askForConsent();
  const startedMs = performance.now();
  console.log(`acme ${command}: ${files.length} files.`);
  telemetry.capture(CommandRun.create({ command, durationMs: performance.now() - startedMs, files }));
}
