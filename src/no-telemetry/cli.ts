/** What stands in the place of `sotto/cli` under the condition `no-telemetry`. */
import type { createTelemetryCommand as RealCreate } from '../cli/index.js';
import { WHY } from './why.js';

/** Telemetry commands that say, whichever is called, that there is no telemetry. The exit status is 0. */
export const createTelemetryCommand: typeof RealCreate = ({ app, command, name }) => ({
  name: name ?? command ?? `${app} telemetry`,
  async run(args, io) {
    const { stdout } = io ?? process;
    stdout.write(
      args.includes('--json') ? `${JSON.stringify({ mode: 'off', why: WHY })}\n` : `${WHY.message}\n`,
    );
    return 0;
  },
});
