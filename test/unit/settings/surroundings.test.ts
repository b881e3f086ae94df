import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vendors from 'ci-info/vendors.json' with { type: 'json' };
import { detectAgent } from 'std-env';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findAgent } from '../../../src/settings/agents.js';
import { findCi } from '../../../src/settings/ci.js';
import { readEnvironment } from '../../../src/settings/index.js';
import { findSurroundings } from '../../../src/settings/surroundings.js';
import { layersOf, resolve } from './support.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a CI system', () => {
  it.each([
    [{ CI: 'true' }, 'CI'],
    [{ CI: '1' }, 'CI'],
    [{ CI: 'woodpecker' }, 'CI'],
    [{ GITHUB_ACTIONS: 'true', CI: 'true' }, 'GITHUB_ACTIONS'],
    [{ GITLAB_CI: 'true' }, 'GITLAB_CI'],
    [{ TRAVIS: 'true' }, 'TRAVIS'],
    [{ JENKINS: '1' }, 'JENKINS'],
    [{ JENKINS_URL: 'https://ci.acme.example' }, 'JENKINS_URL'],
    [{ CIRCLECI: 'true' }, 'CIRCLECI'],
    [{ BUILDKITE: 'true' }, 'BUILDKITE'],
    [{ TF_BUILD: 'True' }, 'TF_BUILD'],
    [{ CI_NAME: 'codeship' }, 'CI_NAME'],
    [{ NODE: '/app/.heroku/node/bin/node' }, 'NODE'],
    [{ VERCEL: '1' }, 'VERCEL'],
    [{ BUILD_NUMBER: '7' }, 'BUILD_NUMBER'],
    [{ CI: 'false', GITHUB_ACTIONS: 'true' }, 'GITHUB_ACTIONS'],
    [{ CI: 'false' }, undefined],
    [{ CI: '0' }, undefined],
    [{ CI: ' FALSE ' }, undefined],
    [{ CI: '' }, undefined],
    [{ GITHUB_ACTIONS: 'false' }, undefined],
    [{ NODE: '/usr/bin/node' }, undefined],
    [{ CI_PROJECT: '1', USER: 'ci' }, undefined],
    [{}, undefined],
  ])('in %j is shown by %s', (env, expected) => {
    expect(findCi(env)).toBe(expected);
  });

  it('is found wherever the package that lists them finds one', () => {
    const before = Object.keys(process.env);
    for (const { env: signs } of vendors) {
      const env = Object.assign({}, ...[signs].flat().map(toVariables));
      for (const name of before) vi.stubEnv(name, undefined);
      for (const [name, text] of Object.entries<string>(env)) vi.stubEnv(name, text);
      expect(loadAfresh('ci-info'), JSON.stringify(env)).toMatchObject({ isCI: true });
      expect(findCi(env), JSON.stringify(env)).toBeDefined();
      vi.unstubAllEnvs();
    }
  });
});

/** The package looks at the environment once, when it is loaded. */
function loadAfresh(name: string): unknown {
  const require = createRequire(import.meta.url);
  delete require.cache[require.resolve(name)];
  return require(name);
}

function toVariables(sign: unknown): Record<string, string> {
  if (typeof sign === 'string') return { [sign]: 'x' };
  const { any, env, includes, ...others } = sign as Record<string, string> & { any?: string[] };
  if (any) return { [any.at(-1)!]: 'x' };
  return env === undefined ? others : { [env]: `before ${includes} after` };
}

describe('a test', () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{ NODE_ENV: 'test' }, 'NODE_ENV'],
    [{ NODE_ENV: 'Test' }, 'NODE_ENV'],
    [{ NODE_TEST_CONTEXT: 'child-v8' }, 'NODE_TEST_CONTEXT'],
    [{ ENVIRONMENT: 'development' }, 'ENVIRONMENT'],
    [{ ENVIRONMENT: 'dev' }, 'ENVIRONMENT'],
    [{ ENVIRONMENT: 'test' }, 'ENVIRONMENT'],
    [{ ENVIRONMENT: 'TESTING' }, 'ENVIRONMENT'],
    [{ ENVIRONMENT: ' Dev ' }, 'ENVIRONMENT'],
    [{ NODE_ENV: 'development' }, undefined],
    [{ NODE_ENV: 'production', ENVIRONMENT: 'production' }, undefined],
    [{ ENVIRONMENT: '' }, undefined],
  ])('in %j is shown by %s', (env, source) => {
    expect(findSurroundings(env, () => false)).toEqual(
      source === undefined ? [] : [{ kind: 'test_environment', source }],
    );
  });
});

describe('an agent', () => {
  it.each([
    [{ AI_AGENT: 'ada-home-made' }, 'AI_AGENT'],
    [{ CLAUDECODE: '1' }, 'CLAUDECODE'],
    [{ CODEX_SANDBOX: 'seatbelt' }, 'CODEX_SANDBOX'],
    [{ CURSOR_AGENT: '1' }, 'CURSOR_AGENT'],
    [{ EDITOR: '/opt/devin/editor' }, 'EDITOR'],
    [{ PATH: '/usr/bin:/home/ada/.pi/agent/bin' }, 'PATH'],
    [{ TERM_PROGRAM: 'kiro' }, 'TERM_PROGRAM'],
    [{ CLAUDECODE: '' }, undefined],
    [{ EDITOR: 'vim', PATH: '/usr/bin', TERM_PROGRAM: 'iTerm.app' }, undefined],
    [{}, undefined],
  ])('in %j is shown by %s', (env, expected) => {
    expect(findAgent(env, () => false)).toBe(expected);
  });

  it('is not seen in the terminal it brings along, in which people work too', () => {
    expect(findAgent({ TERM_PROGRAM: 'kiro' }, () => true)).toBeUndefined();
  });

  it('is found wherever the package that lists them finds one', () => {
    const source = readFileSync(createRequire(import.meta.url).resolve('std-env'), 'utf8');
    const names = [...new Set(source.match(/\b[A-Z]{2,}[A-Z_]*\b/g))];
    expect(names).toContain('CLAUDECODE');
    for (const name of Object.keys(process.env)) vi.stubEnv(name, undefined);
    const texts = ['1', '/.pi/agent', 'devin', 'kiro'];
    const found = names
      .flatMap((name) => texts.map((text) => ({ [name]: text })))
      .filter((env) => {
        const [[name, text] = ['', '']] = Object.entries(env);
        vi.stubEnv(name, text);
        const agent = detectAgent().name;
        vi.stubEnv(name, undefined);
        expect(findAgent(env, () => process.stdout.isTTY) !== undefined, `${name}=${text}`).toBe(
          agent !== undefined,
        );
        return agent !== undefined;
      });
    expect(found.length).toBeGreaterThan(20);
  });
});

describe('the environment of this process', () => {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) vi.stubEnv(name, undefined);
  });

  it('shows nothing when it is empty', () => {
    expect(readEnvironment().surroundings).toEqual([]);
  });

  it('is looked at each time it is read', () => {
    vi.stubEnv('CI', 'true');
    vi.stubEnv('NODE_ENV', 'test');
    vi.stubEnv('CODEX_SANDBOX', '1');
    expect(readEnvironment().surroundings).toEqual([
      { kind: 'ci', source: 'CI' },
      { kind: 'test_environment', source: 'NODE_ENV' },
      { kind: 'agent', source: 'CODEX_SANDBOX' },
    ]);
  });
});

describe('what they mean for consent', () => {
  const surroundings = [
    { kind: 'ci', source: 'GITHUB_ACTIONS' },
    { kind: 'test_environment', source: 'NODE_ENV' },
    { kind: 'agent', source: 'CLAUDECODE' },
  ] as const;
  const ENABLED = 'ACME_TELEMETRY_ENABLED';
  const OFFS = ['off CLAUDECODE', 'off GITHUB_ACTIONS', 'off NODE_ENV'];

  it('each is an off, with a fix that names the variable', () => {
    const settings = resolve({ surroundings });
    expect(layersOf(settings)).toEqual(OFFS);
    expect(settings.consentLayers.map(({ layer }) => layer)).toEqual(['ci', 'test_environment', 'agent']);
    for (const { fix } of settings.consentLayers) expect(fix).toBe(`Set ${ENABLED}=true.`);
  });

  it.each([
    ['a yes in the environment', { env: { [ENABLED]: 'true' } }, {}, [`yes ${ENABLED}`]],
    ['a no in the environment', { env: { [ENABLED]: 'no' } }, {}, [...OFFS, `off ${ENABLED}`]],
    ['a text that is neither', { env: { [ENABLED]: 'please' } }, {}, [...OFFS, `off ${ENABLED}`]],
    ['a yes in .env', { dotenv: { [ENABLED]: 'true' } }, {}, OFFS],
    ['a yes in code', {}, { enabled: true }, OFFS],
    ['given consent', {}, { consent: 'given' }, [...OFFS, 'yes consent']],
    [
      'given consent and a yes in .env',
      { dotenv: { [ENABLED]: 'true' } },
      { consent: 'given' },
      [...OFFS, `yes ${ENABLED} in .env`, 'yes consent'],
    ],
  ] as const)('beside %s', (_what, environment, options, expected) => {
    expect(layersOf(resolve({ surroundings, ...environment }, options))).toEqual([...expected].sort());
  });

  it('a CI system is known as one also where telemetry is allowed', () => {
    expect(resolve({ surroundings, env: { [ENABLED]: 'true' } }).isCi).toBe(true);
    expect(resolve({ surroundings: surroundings.slice(1) }).isCi).toBe(false);
  });
});
