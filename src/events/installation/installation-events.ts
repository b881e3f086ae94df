import { bool, label, oneOf, plain } from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { howMany, seconds } from '../domains.js';
import { TelemetryEvent } from '../telemetry-event.js';
import { INSTALLATION_STATES, OTHER, STEP_STATES } from '../vocabulary.js';
import { installationArgs } from './installation-args.js';

const PURPOSE = 'finding out where installations fail';

/** `installation_start`: somebody began to install the product. */
export class InstallationStart extends TelemetryEvent {
  /** By option. Numbers and booleans leave, `<sanitized>` stands for anything else. */
  installation_args!: object;
}

declareLate(InstallationStart, 'installation_start', () => ({ installation_args: plain(installationArgs) }), {
  purpose: PURPOSE,
});

/** `installation_step`: a step of an installation began or ended. */
export class InstallationStep extends TelemetryEvent {
  /** Such as `download_models`. */
  step_name!: string;
  /** One of {@link STEP_STATES}, or `other`. */
  status!: string;
  /** Of a step that ended and whose start was recorded. */
  duration_seconds?: number | undefined;
  /** Reduced by the rule for untyped payloads. */
  details?: object | undefined;
}

declareLate(
  InstallationStep,
  'installation_step',
  () => ({
    step_name: plain(label),
    status: plain(oneOf(...STEP_STATES).or(OTHER)),
    duration_seconds: plain(seconds),
  }),
  { undeclared: 'plain', purpose: PURPOSE },
);

/** `installation_complete`: an installation ended, in whatever way. */
export class InstallationComplete extends TelemetryEvent {
  success!: boolean;
  /** One of {@link INSTALLATION_STATES}. */
  status!: (typeof INSTALLATION_STATES)[number];
  duration_seconds!: number;
  /** Each step counts once, as what became of it last. */
  steps_completed!: number;
  steps_failed!: number;
  steps_skipped!: number;
  /** Reduced by the rule for untyped payloads. */
  summary?: object | undefined;
}

declareLate(
  InstallationComplete,
  'installation_complete',
  () => ({
    success: plain(bool()),
    status: plain(oneOf(...INSTALLATION_STATES)),
    duration_seconds: plain(seconds),
    steps_completed: plain(howMany),
    steps_failed: plain(howMany),
    steps_skipped: plain(howMany),
  }),
  { undeclared: 'plain', purpose: PURPOSE },
);
