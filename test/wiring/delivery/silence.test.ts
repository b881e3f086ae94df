import { describe, expect, it } from 'vitest';
import {
  type Answer,
  answerWith,
  hangUp,
  neverAnswer,
  RecordingServer,
} from '../../support/recording-server.js';
import { runProgram } from '../../support/run-program.js';
import { temporaryDirectory } from '../../support/wiring.js';

const program = (name: string) => new URL(`./programs/${name}.ts`, import.meta.url);

const ANSWERS: readonly Answer[] = [
  answerWith(200),
  answerWith(408),
  answerWith(413),
  answerWith(429, { 'retry-after': '3600' }),
  answerWith(500),
  answerWith(401),
  answerWith(302, { location: 'http://127.0.0.1:9/' }),
  hangUp,
  neverAnswer,
  (response) => response.writeHead(200).end('{"broken'),
  (response) => void response.writeHead(200).write('never ends'),
  (response) => response.writeHead(200).end('{"flags":{},"errorsWhileComputingFlags":true,"quotaLimited":["feature_flags"]}'),
]; // biome-ignore format: a table

describe('the terminal of a program', () => {
  it('stays empty whatever a server does, and so do its exit code and its rejections', async () => {
    await using directory = await temporaryDirectory();
    const servers = await Promise.all(ANSWERS.map(() => RecordingServer.start()));
    for (const [index, server] of servers.entries()) server.answer = server.flags = ANSWERS[index]!;
    const gone = await RecordingServer.start();
    await gone.close();

    const hosts = [...servers.map(({ url }) => url), gone.url];
    const result = await runProgram(program('send-to-all'), { arguments: [directory.path, ...hosts] });
    await Promise.all(servers.map((server) => server.close()));
    expect(result).toEqual({ code: 3, signal: null, stdout: '', stderr: '' });
    for (const { requests } of servers) expect(requests.length).toBeGreaterThan(0);
  });

  it('has one line for each mistake of the maker, with its cause, under NODE_DEBUG=sotto only', async () => {
    await using directory = await temporaryDirectory();
    await using server = await RecordingServer.start();
    const run = (env: Record<string, string>) =>
      runProgram(program('debug'), { arguments: [directory.path, server.url], env });

    expect(await run({})).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    const { stdout, stderr } = await run({ NODE_DEBUG: 'sotto' });
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^SOTTO \d+: .*RangeError: the cause$/),
      expect.stringMatching(/^SOTTO \d+: .*serializeForTelemetry\(\)$/),
    ]);
    expect(server.requests).toEqual([]);
  });
});

describe('the end of a program', () => {
  it('waits for what a service still has to send, though nobody awaits it', async () => {
    await using directory = await temporaryDirectory();
    await using server = await RecordingServer.start();
    const result = await runProgram(program('capture-and-end'), { arguments: [directory.path, server.url] });
    expect(result).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    expect(server.messages.map(({ event }) => event)).toEqual(['an_event']);
  });

  it('waits no longer than the deadline for a request that is under way', async () => {
    await using directory = await temporaryDirectory();
    await using server = await RecordingServer.start();
    server.answer = neverAnswer;
    const { code, stdout } = await runProgram(program('batch-and-end'), {
      arguments: [directory.path, server.url, '200'],
    });
    expect(code).toBe(0);
    expect(server.batches.length).toBeGreaterThan(0);
    // The request itself would wait for ten seconds.
    expect(Number(stdout)).toBeLessThan(5_000);
  });
});
