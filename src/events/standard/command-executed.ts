import { bool, errorCode, label, plain } from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { milliseconds } from '../domains.js';
import { TelemetryEvent } from '../telemetry-event.js';

/** `<app>.cli.command`: a command ran. Its arguments are not in it. */
export class CommandExecuted extends TelemetryEvent {
  command!: string;
  subcommand?: string | undefined;
  succeeded?: boolean | undefined;
  duration_ms?: number | undefined;
  /** Such as `ENOENT` or `ACME-1001`. */
  error_code?: string | undefined;
}

declareLate(
  CommandExecuted,
  'cli.command',
  () => ({
    command: plain(label),
    subcommand: plain(label),
    succeeded: plain(bool()),
    duration_ms: plain(milliseconds),
    error_code: plain(errorCode),
  }),
  { isPrefixed: true, separator: '.', purpose: 'learning which commands are used, and whether they work' },
);
