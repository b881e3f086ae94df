import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedUrl, WAYS } from '../../support/bad-server.js';
import { RecordingServer } from '../../support/recording-server.js';
import type { BadSink } from '../support/bad-sink.js';
import { countByUuid, createDrill } from '../support/drill.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { flusherEnded } from '../support/flusher.js';

let project: DrillProject;
beforeAll(async () => {
  project = await createDrillProject();
});
afterAll(() => project[Symbol.dispose]());

const SHORT_REQUESTS = { ACME__TELEMETRY__REQUEST_TIMEOUT_SECONDS: '1' };
const HOUR_MS = 3_600_000;

describe('a server that misbehaves', () => {
  it.concurrent.each([
    'no answer',
    'an answer that hangs',
    'an answer that drips',
    'an answer that is cut off',
    'a reset',
    'no HTTP',
    'a page for people',
    'a redirect to itself',
    '429 with seconds',
    '503 with seconds',
    407,
    500,
    502,
  ] as const)('loses no event: %s', async (way) => {
    await using drill = await createDrill(project.folder, WAYS[way]);
    expect(await drill.run('tool.mjs', ['exits', '1'], SHORT_REQUESTS)).toEqual(EXITED);
    await flusherEnded(drill.directory);
    expect(drill.state()).toMatchObject({ failures: 1, not_before: expect.any(String) });
    expect(drill.state().server_said).toBe(/with seconds$/.test(String(way)));
    drill.setRest(Date.now() + HOUR_MS);
    await drill.run('tool.mjs', ['exits', '2'], SHORT_REQUESTS);
    await flusherEnded(drill.directory);
    const arrivedBefore = drill.sink.arrived.length;
    drill.sink.recover();
    drill.setRest(0);
    await drill.run('tool.mjs', ['exits', '3'], SHORT_REQUESTS);
    await flusherEnded(drill.directory);
    expect({ arrivedBefore, ...taken(drill.sink) }).toEqual({
      arrivedBefore: 1,
      numbers: [1, 2, 3],
      most: 1,
    });
    expect(drill.state().failures).toBe(0);
  });

  it.concurrent.each(['no JSON', 'partial JSON', 'no content'] as const)(
    'has taken what it answers with 2xx: %s',
    async (way) => {
      await using drill = await createDrill(project.folder, WAYS[way]);
      await drill.run('tool.mjs', ['exits', '1']);
      await flusherEnded(drill.directory);
      drill.sink.recover();
      await drill.run('tool.mjs', ['exits', '2']);
      await flusherEnded(drill.directory);
      expect(drill.sink.arrived.map(({ properties }) => properties.number)).toEqual([1, 2]);
    },
  );

  it('that takes events and then fails gets the same ones again', async () => {
    await using drill = await createDrill(project.folder);
    drill.sink.takeAndAnswer(WAYS[500]);
    await drill.run('tool.mjs', ['exits', '1']);
    await flusherEnded(drill.directory);
    drill.sink.recover();
    drill.setRest(0);
    await drill.run('tool.mjs', ['exits', '2']);
    await flusherEnded(drill.directory);
    expect(taken(drill.sink)).toEqual({ numbers: [1, 1, 2], most: 2 });
  });

  it('that sends elsewhere is not followed', async () => {
    await using elsewhere = await RecordingServer.start();
    await using drill = await createDrill(project.folder, (response) =>
      response.writeHead(307, { location: `${elsewhere.url}/batch/` }).end(),
    );
    await drill.run('tool.mjs', ['exits', '1']);
    await flusherEnded(drill.directory);
    expect(drill.sink.arrived).toHaveLength(1);
    expect(elsewhere.requests).toEqual([]);
  });

  it('that nobody finds loses no event', async () => {
    await using drill = await createDrill(project.folder);
    await drill.run('tool.mjs', ['exits', '1'], { ACME__TELEMETRY__POSTHOG_HOST: await refusedUrl() });
    await flusherEnded(drill.directory);
    expect(drill.state().failures).toBe(1);
    // Each event goes where it would have gone when it was recorded.
    expect(drill.sink.arrived).toEqual([]);
    expect(drill.spool()).toContainEqual(expect.stringMatching(/\.released\.json$/));
  });

  it('and asks for a second of silence gets it, and then the event', async () => {
    await using drill = await createDrill(project.folder, (response) =>
      response.writeHead(429, { 'retry-after': '1' }).end(),
    );
    await drill.run('tool.mjs', ['exits', '1']);
    await flusherEnded(drill.directory);
    drill.sink.recover();
    const until = Date.parse(drill.state().not_before ?? '');
    const numbers: number[] = [];
    do {
      numbers.push(numbers.length + 2);
      const beganAtMs = Date.now();
      await drill.run('tool.mjs', ['exits', `${numbers.at(-1)}`]);
      await flusherEnded(drill.directory);
      if (Date.now() < until) expect(drill.sink.taken).toEqual([]);
      if (beganAtMs > until) break;
    } while (numbers.length < 100);
    expect(taken(drill.sink)).toEqual({ numbers: [1, ...numbers], most: 1 });
  });
});

describe('a disk that takes nothing', () => {
  it.each([
    ['the state directory', '.', 'off: store_unusable'],
    ['the ledger', 'ledger', 'off: store_unusable'],
    ['the spool', 'spool', 'on: enabled_variable'],
  ])('does not concern the tool: a file in the place of %s', async (_, place, status) => {
    await using drill = await createDrill(project.folder);
    const path = join(drill.directory, place);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'in the way');
    expect(await drill.run('tool.mjs', ['exits'])).toEqual(EXITED);
    expect(drill.sink.arrived).toEqual([]);
    expect((await drill.run('tool.mjs', ['says what it does'])).stdout).toBe(`worked\n${status}\n`);
  });

  it.skipIf(process.platform === 'win32').each([
    [0, 'off: store_unusable'],
    [1, 'off: store_unusable'],
    [8, 'on: enabled_variable'],
  ])('does not concern the tool: files of at most %i blocks', async (blocks, status) => {
    await using drill = await createDrill(project.folder);
    const line = `ulimit -f ${blocks}; exec "$0" "$@"`;
    expect(await drill.runInShell(line, 'tool.mjs', ['exits'])).toEqual(EXITED);
    const { stdout, stderr } = await drill.runInShell(line, 'tool.mjs', ['says what it does', '2']);
    expect({ stdout, stderr }).toEqual({ stdout: `worked\n${status}\n`, stderr: '' });
    await drill.run('tool.mjs', ['exits', '3']);
    await flusherEnded(drill.directory);
    expect(taken(drill.sink)).toMatchObject({ numbers: expect.arrayContaining([3]), most: 1 });
  });
});

const EXITED = { code: 3, signal: null, stdout: 'worked\n', stderr: '' };

function taken({ taken: messages }: BadSink) {
  const numbers = messages.map(({ properties }) => properties.number as number);
  return { numbers: numbers.sort((a, b) => a - b), most: Math.max(...countByUuid(messages).values()) };
}
