import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Seen, SeenRequest } from '../../../../src/testing/capture/index.js';
import { checkLeaks, type LeaktestOptions } from '../../../../src/testing/leaktest/check-leaks.js';
import { createMachine, type RunOptions, type RunResult } from '../../../../src/testing/machine/index.js';
import { fakeCapture, fakeResult } from '../fakes.js';

const EVENT: SeenRequest = {
  line: 'POST https://telemetry.sotto.test/batch/',
  headers: ['host: telemetry.sotto.test', 'content-type: application/json'],
  rawBody: Buffer.from('{"batch":[]}'),
  body: Buffer.from('{"batch":[]}'),
};

interface Outcome {
  readonly seen?: Partial<Seen>;
  readonly result?: Partial<RunResult>;
}

const connection = (request: Partial<SeenRequest>) => ({
  target: 'telemetry.sotto.test:443',
  isReadable: true,
  requests: [{ ...EVENT, ...request }],
  bytes: Buffer.alloc(0),
});

/** A leak test of a command that does what it is told, without a process. */
async function check(act: (run: RunOptions) => Outcome = () => ({}), options: Partial<LeaktestOptions> = {}) {
  let outcome: Outcome = {};
  let run: RunOptions | undefined;
  const report = await checkLeaks(
    { app: 'acme', command: ['acme', 'report', '{canary}'], ...options },
    {
      createMachine,
      openCapture: async (given) =>
        fakeCapture({
          env: { ACME_TELEMETRY_ENDPOINT: 'https://telemetry.sotto.test' },
          ...(given.names && { names: given.names }),
          seen: async () => ({ connections: [connection({})], lookups: [], ...outcome.seen }),
          ...(options.mode === 'proxied' && { mode: 'proxied', names: { user: 'ada', host: 'box' } }),
        }),
      runCommand: async (given) => {
        run = given;
        outcome = act(given);
        return fakeResult(outcome.result);
      },
    },
  );
  const outcomes = Object.fromEntries(report.results.map((result) => [result.check, result.outcome]));
  const failed = Object.keys(outcomes).filter((name) => outcomes[name]?.status === 'failed');
  return { report, outcomes, failed, run: run as RunOptions };
}

describe('a leak test', () => {
  it('switches everything on, and plants what programs find', async () => {
    const { run, failed } = await check();

    expect(failed).toEqual([]);
    expect(run.env).toMatchObject({
      ACME_TELEMETRY_ENABLED: 'true',
      ACME__TELEMETRY__CRASH_REPORTING: 'true',
      ACME__TELEMETRY__TOOLS_OVER_PRIVACY: 'true',
      GITHUB_TOKEN: expect.stringMatching(/^ghp_/),
    });
    expect(run.command.slice(0, 2)).toEqual(['acme', 'report']);
    expect(run.command[2]).toMatch(/^[a-z][a-z\d]{11}$/);
  });

  it('leaves the second yes out when it is told to', async () => {
    const { run } = await check(undefined, { toolsOverPrivacy: false });

    expect(run.env).toMatchObject({ ACME__TELEMETRY__TOOLS_OVER_PRIVACY: 'false' });
  });

  it('never tells what the canaries are', async () => {
    const { report, run, failed } = await check(({ env = {}, machine }) => ({
      seen: {
        connections: [
          connection({
            line: `POST https://${env.GITHUB_TOKEN}.example/${env.EMAIL}?${machine.cwd}`,
            headers: [`${env.EMAIL}: 1`],
          }),
          {
            target: `${env.GITHUB_TOKEN}:443`,
            isReadable: false,
            requests: [],
            bytes: Buffer.from(machine.home),
          },
        ],
        lookups: [`${env.GITHUB_TOKEN}.example`],
      },
      result: { children: [{ pid: 1, args: [`/bin/${env.EMAIL}`, machine.home], isNoted: true }] },
    }));
    const text = JSON.stringify(report);

    expect(failed.length).toBeGreaterThanOrEqual(4);
    for (const secret of [run.env?.GITHUB_TOKEN, run.env?.EMAIL, run.machine.home, run.command[2]])
      expect(text).not.toContain(secret);
  });

  it('looks at what was unpacked, and tells a canary in a body once for all its forms', async () => {
    const { outcomes } = await check(({ env = {} }) => ({
      seen: {
        connections: [
          connection({ body: Buffer.from(`${env.EMAIL} ${Buffer.from(`${env.EMAIL}`).toString('hex')}`) }),
        ],
      },
    }));

    expect(outcomes['outgoing-bytes']).toMatchObject({
      findings: [
        { message: expect.stringMatching(/^The canary “e-mail” is in the body of POST .*: plain.*in hex/) },
      ],
    });
  });

  it('looks at all that was said on a connection, also behind what was a request', async () => {
    const { failed } = await check(({ env = {} }) => ({
      seen: {
        connections: [{ ...connection({}), bytes: Buffer.from(`POST / HTTP/1.1\r\n\r\n${env.EMAIL}`) }],
      },
    }));

    expect(failed).toEqual(['outgoing-bytes']);
  });

  it('takes the places of a no in a note of the spool for what they are, and nothing else', async () => {
    const write = ({ stateDirectory, cwd }: RunOptions['machine'], note: object) => {
      mkdirSync(join(stateDirectory, 'spool'), { recursive: true });
      writeFileSync(
        join(stateDirectory, 'spool', 'telemetry_x.released.json'),
        JSON.stringify({ ...note, workingDirectory: cwd, places: [{ path: cwd }] }),
      );
      return {};
    };

    expect((await check(({ machine }) => write(machine, { host: 'https://a' }))).failed).toEqual([]);
    expect((await check(({ machine }) => write(machine, { host: machine.cwd }))).failed).toEqual([
      'spool-and-ledger',
    ]);
  });

  it('does not take a command that hands on what was typed for a leak', async () => {
    const children = (args: readonly string[]) => ({
      result: { children: [{ pid: 1, args, isNoted: true }] },
    });

    expect((await check(({ command }) => children(['node', 'cli.js', ...command.slice(2)]))).failed).toEqual(
      [],
    );
    expect((await check(({ command }) => children(['node', ...command.slice(2), 'x']))).failed).toEqual([
      'child-arguments',
    ]);
  });

  it('passes nothing that it could not see', async () => {
    const { outcomes } = await check(
      () => ({ seen: { lookups: undefined }, result: { children: undefined } }),
      { mode: 'proxied', command: ['acme'] },
    );
    const notChecked = Object.keys(outcomes).filter((name) => outcomes[name]?.status === 'not_checked');

    expect(notChecked).toEqual([
      'dns-names',
      'child-arguments',
      'readable-connections',
      'seeded-arguments',
      'seeded-names',
    ]);
  });

  it.each([
    ['that cannot be found', { status: 127 }, {}],
    ['that is ended by a signal', { status: null, signal: 'SIGSEGV' }, {}],
    ['that takes too long', { status: 0, hasTimedOut: true }, {}],
    ['that ends otherwise than is said', { status: 0 }, { exitCode: 3 }],
  ] as const)('fails a command %s, also one that is known to send nothing', async (_, result, options) => {
    const { failed } = await check(() => ({ result }), { expectsNothing: true, ...options });

    expect(failed).toEqual(['command-ended']);
  });

  it('passes a command that ends as is said', async () => {
    expect((await check(() => ({ result: { status: 3 } }), { exitCode: 3 })).failed).toEqual([]);
  });

  it.each([
    ['a question about flags', { line: 'POST https://telemetry.sotto.test/flags/?v=2' }],
    ['a request without a body', { rawBody: Buffer.alloc(0) }],
    ['a tunnel', { line: 'CONNECT telemetry.sotto.test:443' }],
  ])('does not take %s for an event', async (_, request) => {
    expect((await check(() => ({ seen: { connections: [connection(request)] } }))).failed).toEqual([
      'telemetry-ran',
    ]);
  });
});
