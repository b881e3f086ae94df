/** Shows the commands by which people see and decide: `npx tsx examples/code-search/telemetry-command.ts catalog`. */
import { createTelemetryCommand } from 'sotto/cli';
import { SEARCH_TELEMETRY } from './telemetry.js';

process.exitCode = await createTelemetryCommand(SEARCH_TELEMETRY).run(process.argv.slice(2));
