import { join } from 'node:path';
import { configDirectory } from '../../internal/index.js';
import { type Machine, writeInto } from '../machine/index.js';
import { homeless, whyNotHomeless } from './homes.js';
import { storeAnswer } from './say.js';
import type { Arrange, Scene, Setting } from './scene.js';

const CHECKS = [
  'no-requests-when-off',
  'no-lookups-when-off',
  'no-files-when-off',
  'no-children-when-off',
  'same-output',
  'same-exit-code',
  'quiet-errors',
] as const;

const NO = '{"disable_telemetry": true}\n';

/** Against a stored yes: nothing but what is said here keeps telemetry off. */
const refused = (name: string, say: Arrange): Scene => ({
  name,
  checks: CHECKS,
  said(machine) {
    storeAnswer(machine, true);
    return say(machine);
  },
});

const variable = (name: string, toVariable: (prefix: string) => string, value = '1'): Scene =>
  refused(name, ({ prefix }) => ({ env: { [toVariable(prefix)]: value } }));

const file = (name: string, toPath: (machine: Machine) => string, content: string): Scene =>
  refused(name, (machine) => {
    writeInto(toPath(machine), content);
    return {};
  });

/** Nobody is there to be asked. The twin stands in the same surroundings, in which programs may behave differently anyway. */
const surroundings = (name: string, env: Setting['env'] = {}): Scene => ({
  ...refused(name, () => ({})),
  around: () => ({ env }),
});

function userConfig({ app, home, env }: Machine): string {
  const directory = configDirectory(app, { platform: process.platform, home, env });
  return join(directory ?? home, 'telemetry.json');
}

/** Every way to say no, and nobody's yes. */
export const OFF_SCENES: readonly Scene[] = [
  variable('disable-telemetry', () => 'DISABLE_TELEMETRY'),
  variable('do-not-track', () => 'DO_NOT_TRACK'),
  variable('app-disable-telemetry', (app) => `${app}_DISABLE_TELEMETRY`),
  variable('app-settings-disable-telemetry', (app) => `${app}__TELEMETRY__DISABLE_TELEMETRY`),
  variable('app-telemetry-enabled-false', (app) => `${app}_TELEMETRY_ENABLED`, 'false'),
  { name: 'stored-no', checks: CHECKS, said: (machine) => storeAnswer(machine, false) },
  file('marker-file', ({ home, app }) => join(home, `.${app}-no-telemetry`), ''),
  file('project-policy', ({ cwd, app }) => join(cwd, `.${app}`, 'telemetry.json'), NO),
  file('user-config', userConfig, NO),
  file('project-dotenv', ({ cwd }) => join(cwd, '.env'), 'DISABLE_TELEMETRY=1\n'),
  surroundings('ci', { CI: 'true' }),
  surroundings('github-actions', { CI: 'true', GITHUB_ACTIONS: 'true' }),
  surroundings('test-environment', { NODE_ENV: 'test' }),
  surroundings('agent', { AI_AGENT: '1' }),
  { name: 'nobody-asked', checks: CHECKS, said: () => ({}) },
  {
    name: 'no-home-undecided',
    checks: CHECKS,
    said: () => ({}),
    around: homeless,
    impossible: whyNotHomeless,
  },
];
