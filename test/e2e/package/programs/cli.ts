/** What a maker writes with `sotto/cli`, for the compiler alone. */
import { createTelemetryCommand } from 'sotto/cli';

const command = createTelemetryCommand({ app: 'acme', version: '1.4.0' });
const status: number = await command.run(['why']);
process.exitCode = status;
