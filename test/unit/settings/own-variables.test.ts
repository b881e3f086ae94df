import { describe, expect, it } from 'vitest';
import { toOwnVariables } from '../../../src/settings/index.js';

/** What is left of variables that `.env` sets too. */
const keptOf = (env: Record<string, string>, dotenv: Record<string, string> = env) =>
  toOwnVariables({ env, dotenv });

describe('the variables that a process may hand on', () => {
  it('are all of them where there is no .env, but for undefined ones', () => {
    expect(toOwnVariables({ env: { PATH: '/bin', HOME: undefined }, dotenv: {} })).toEqual({ PATH: '/bin' });
  });

  it.each([
    ['NODE_EXTRA_CA_CERTS', '/theirs.pem'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['OPENSSL_CONF', '/theirs.cnf'],
    ['SSL_CERT_FILE', '/theirs.pem'],
    ['SSL_CERT_DIR', '/theirs'],
    ['LD_PRELOAD', '/theirs.so'],
    ['DYLD_INSERT_LIBRARIES', '/theirs.dylib'],
    ['PATH', '/theirs'],
    ['ACME_TELEMETRY_ENABLED', 'true'],
    ['ACME__TELEMETRY__ENABLED', ' YES '],
    ['ACME__TELEMETRY__TOOLS_OVER_PRIVACY', '1'],
    ['ACME__TELEMETRY__DRY_RUN', 'false'],
    ['ACME__TELEMETRY__POSTHOG_HOST', 'https://theirs.example'],
    ['DISABLE_TELEMETRY', '0'],
    ['DO_NOT_TRACK', ''],
    ['ACME_TELEMETRY_VERBOSE', 'true'],
  ])('leave out %s=%s, which .env may have set', (name, text) => {
    expect(keptOf({ [name]: text })).toEqual({});
    expect(keptOf({ [name]: text }, { [name.toLowerCase()]: ` ${text} ` })).toEqual({});
    expect(keptOf({ [name]: text }, { [name]: 'something else' })).toEqual({ [name]: text });
  });

  it.each([
    ['DISABLE_TELEMETRY', '1'],
    ['ACME_DISABLE_TELEMETRY', 'true'],
    ['ACME__TELEMETRY__DISABLE_TELEMETRY', 'on'],
    ['DO_NOT_TRACK', ' Yes '],
    ['ACME_DO_NOT_TRACK', 'what?'],
    ['ACME_TELEMETRY_ENABLED', 'false'],
    ['ACME_TELEMETRY_ENABLED', 'maybe'],
    ['ACME__TELEMETRY__ENABLED', ''],
    ['ACME__TELEMETRY__DRY_RUN', '1'],
    ['ACME__TELEMETRY__USAGE_ANALYTICS', 'off'],
    ['ACME__TELEMETRY__TOOLS_OVER_PRIVACY', 'no'],
    ['do_not_track', '1'],
  ])('keep %s=%s, wherever it comes from: it narrows', (name, text) => {
    expect(keptOf({ [name]: text })).toEqual({ [name]: text });
  });

  it('leave out what only Node reads so from .env', () => {
    const env = { LD_PRELOAD: '/theirs.so' };
    expect(toOwnVariables({ env, dotenv: {}, dotenvOfNode: env })).toEqual({});
  });
});
