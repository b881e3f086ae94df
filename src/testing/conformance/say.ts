import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type Machine, writeInto } from '../machine/index.js';
import type { Setting } from './scene.js';

/** The answer of a person, as it is kept on their machine. */
export function storeAnswer({ stateDirectory }: Machine, enabled: boolean): Setting {
  const path = join(stateDirectory, 'telemetry_config.json');
  const time = '2026-01-02T03:04:05.678Z';
  const [consent, optOut] = enabled ? [time, null] : [null, time];
  const record = { telemetry_enabled: enabled, consent_timestamp: consent, opt_out_timestamp: optOut };
  writeInto(path, `${JSON.stringify(record, null, 2)}\n`);
  chmodSync(path, 0o600);
  return {};
}

/** The clearest yes that there is: no surroundings speak against it. */
export const sayYes = ({ prefix }: Machine): Setting => ({
  env: { [`${prefix}_TELEMETRY_ENABLED`]: 'true' },
});

/** What the twin of every scene is told. */
export const sayNo = (): Setting => ({ env: { DISABLE_TELEMETRY: '1' } });
