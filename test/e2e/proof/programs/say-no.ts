/** `acme telemetry disable`, as the tool would offer it: the person's no from another process. */
import { createTelemetryCommand } from 'sotto/cli';
import { telemetryOptions } from './telemetry.js';

process.exitCode = await createTelemetryCommand(telemetryOptions()).run(['disable']);
