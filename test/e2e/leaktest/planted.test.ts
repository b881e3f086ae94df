import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLeaks, type LeaktestOptions } from '../../../src/testing/leaktest/check-leaks.js';
import type { CheckOutcome } from '../../../src/testing/report/index.js';
import { useEffects } from '../conformance/effects.js';
import { CHECKOUT } from '../support/checkout.js';

const PROGRAM = join(CHECKOUT, 'test', 'e2e', 'leaktest', 'programs', 'planted.mjs');
const effects = useEffects();

async function check(
  defect: string,
  options: Partial<LeaktestOptions> = {},
): Promise<Readonly<Record<string, CheckOutcome>>> {
  const command = [process.execPath, PROGRAM, defect, '{canary}'];
  const report = await checkLeaks({ app: 'acme', command, graceMs: 5_000, ...options }, effects);
  return Object.fromEntries(report.results.map(({ check, outcome }) => [check, outcome]));
}

const namesOf = (outcomes: Readonly<Record<string, CheckOutcome>>, status: CheckOutcome['status']) =>
  Object.keys(outcomes).filter((name) => outcomes[name]?.status === status);

const messagesOf = (outcome: CheckOutcome | undefined) =>
  outcome?.status === 'failed' ? outcome.findings.map(({ message }) => message) : [];

const canSeal = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canSeal)('a leak test on a network of its own', () => {
  it('passes a program that says what it should', async () => {
    expect(namesOf(await check('none'), 'passed')).toHaveLength(10);
  });

  it.each([
    ['headers', 'user in a header', /“user” is in the header x-user of POST .*: plain/],
    ['headers', 'user in the name of a header', /“user” is in the header \(/],
    ['outgoing-bytes', 'host hashed and cut', /“host” is in the body of POST .*: sha256 in hex/],
    ['outgoing-bytes', 'account in hex', /“user” is in the body of POST .*: in hex/],
    ['outgoing-bytes', 'directory in base64 in a query', /“working directory” is in the address of .*base64/],
    ['outgoing-bytes', 'home hashed', /“home” is in the body of .*: sha1 in base64/],
    ['outgoing-bytes', 'e-mail in a packed body', /“e-mail” is in the body/],
    ['outgoing-bytes', 'e-mail hashed as avatars are', /“e-mail” is in the body of .*: md5 in hex/],
    ['outgoing-bytes', 'argument in hex', /“argument” is in the body of .*: in hex/],
    ['outgoing-bytes', 'beginning of a key', /“OPENAI_API_KEY” is in the body of .*: a part of it/],
    ['outgoing-bytes', 'name of a file', /“file name” is in the body/],
    ['outgoing-bytes', 'content of a file', /“file content” is in the body of .*: backwards/],
    ['outgoing-bytes', 'token of another program', /“npm token” is in the body/],
    ['outgoing-bytes', 'git remote hashed', /“git remote” is in the body of .*: sha256 in hex/],
    ['outgoing-bytes', 'no protocol at all', /“user” is in what was sent to 203\.0\.113\.5:80/],
    ['dns-names', 'secret in a name', /“AWS_SECRET_ACCESS_KEY” is in a name that was looked up/],
    ['child-arguments', 'git remote told to a child', /“git remote” is in the arguments of node/],
    [
      'spool-and-ledger',
      'token in a file of telemetry',
      /“GITHUB_TOKEN” is in the file notes\.json of the state/,
    ],
    ['spool-and-ledger', 'directory in the name of a file', /“working directory” is in the name of a file/],
    ['readable-connections', 'another port', /not captured/],
    ['readable-connections', 'a packet', /not captured/],
    ['readable-connections', 'a certificate of its own', /sent to 203\.0\.113\.5:443 that nobody could read/],
    ['telemetry-ran', 'nothing sent', /No event arrived.* ended with status 0/],
  ])('fails %s, and nothing else, for: %s', async (name, defect, message) => {
    const outcomes = await check(defect);

    expect(namesOf(outcomes, 'failed')).toEqual([name]);
    expect(namesOf(outcomes, 'not_checked')).toEqual([]);
    expect(messagesOf(outcomes[name])).toContainEqual(expect.stringMatching(message));
  });

  it('misses no connection that came from a port which it used itself later', async () => {
    const fewPorts = 'echo "40000 40023" > /proc/sys/net/ipv4/ip_local_port_range && exec "$@"';
    const leaking = [process.execPath, PROGRAM, 'user in a header', '{canary}'];
    for (let run = 0; run < 4; run += 1) {
      const outcomes = await check('', { command: ['sh', '-c', fewPorts, 'sh', ...leaking] });
      expect(namesOf(outcomes, 'failed')).toEqual(['headers']);
    }
  });

  it('lets a program that is allowed be told anything', async () => {
    expect(namesOf(await check('git remote told to git'), 'failed')).toEqual(['child-arguments']);
    expect(namesOf(await check('git remote told to git', { allowedChildren: ['git'] }), 'failed')).toEqual(
      [],
    );
  });

  it('passes a program that sends nothing, once that is said', async () => {
    expect(namesOf(await check('nothing sent', { expectsNothing: true }), 'failed')).toEqual([]);
  });

  it('says that arguments were not checked where none was a canary', async () => {
    const outcomes = await check('none', { command: [process.execPath, PROGRAM, 'none'] });

    expect(outcomes['seeded-arguments']).toMatchObject({ status: 'not_checked' });
  });

  it('says how a program ended of which it saw nothing', async () => {
    const outcomes = await check('none', { command: ['no-such-program-anywhere'] });

    expect(messagesOf(outcomes['telemetry-ran'])[0]).toMatch(/ended with status 127/);
  });
});

describe('a leak test through a proxy', () => {
  it('finds what was sent, and passes nothing that it cannot see', async () => {
    const outcomes = await check('host hashed and cut', { mode: 'proxied' });

    // What a machine is called cannot be changed there, but for a variable.
    expect(namesOf(outcomes, 'not_checked')).toEqual(
      expect.arrayContaining(['dns-names', 'readable-connections']),
    );
    expect(namesOf(await check('user in a header', { mode: 'proxied' }), 'failed')).toEqual(['headers']);
  });
});
