import type { Status, Telemetry } from '../client/index.js';
import type { FlagDeclarations } from '../flags/index.js';
import { WHY } from './why.js';

/**
 * A client that is off for good. Work that is handed to it runs, and what it gives is given on; flags have the caller's fallback.
 * Nothing is read of what is recorded, and there is no file, id, timer or request.
 */
export function createInertClient<Declared extends FlagDeclarations>(): Telemetry<Declared> {
  let hasEnded = false;
  const shutdown = async () => {
    hasEnded = true;
  };
  return {
    enabled: false,
    sessionId: undefined,
    askForConsent: no,
    enable: () => false,
    disable: nothingLater,
    capture: nothing,
    captureFromEvent: nothing,
    captureWithSerialization: nothing,
    captureSessionEvent: nothing,
    captureSearchEvent: nothing,
    trackEvent: nothing,
    trackError: nothing,
    trackMetric: nothing,
    captureCrash: nothing,
    track: {
      span: (_name, work) => work(),
      command: (_command, work) => work(),
      request: (_request, work) => work(),
      startRequest: () => nothing,
      // A check may be more than a check, and runs no more than it would with telemetry that is off.
      health: nothingLater,
    },
    installation: { start: nothing, step: nothing, complete: nothing },
    recordFeature: () => false,
    recordEvent: () => false,
    hook: () => false,
    instrument: () => nothing,
    startSession: nothing,
    endSession: nothingLater,
    withSession: (_metadata, work) => work(),
    getFeatureFlag: async (_key: string, fallback: unknown = null) => fallback as never,
    getAllFeatureFlags: async () => ({}),
    isFeatureEnabled: async (_key, fallback = false) => fallback,
    preview: () => undefined,
    status: () => ({ ...STATUS, hasEnded }),
    flush: nothingLater,
    shutdown,
    [Symbol.asyncDispose]: shutdown,
  };
}

const STATUS: Omit<Status, 'hasEnded'> = {
  mode: 'off',
  why: WHY,
  switches: {
    usageAnalytics: false,
    errorReporting: false,
    crashReporting: false,
    diagnostics: false,
    toolsOverPrivacy: false,
  },
  recorded: 0,
  sent: 0,
  left: 0,
  dropped: {},
  pending: 0,
  host: undefined,
  heldBack: [],
  warnings: [],
};

function nothing(): void {}
async function nothingLater(): Promise<void> {}
const no = async () => false;
