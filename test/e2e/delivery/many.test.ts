import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAnswer } from '../../support/recording-server.js';
import { countByUuid, createDrill } from '../support/drill.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { flusherEnded, flushersIn } from '../support/flusher.js';

let project: DrillProject;
beforeAll(async () => {
  project = await createDrillProject();
});
afterAll(() => project[Symbol.dispose]());

const PROGRAMS = 200;
const NUMBERS = Array.from({ length: PROGRAMS }, (_, index) => index + 1);

describe.skipIf(process.platform !== 'linux')('many programs that end at once', () => {
  it.concurrent('have one flusher, which sends what all of them left, once', async () => {
    await using drill = await createDrill(project.folder);
    const take = drill.sink.hold();
    const tools = NUMBERS.map((number) => drill.start('tool.mjs', ['ends with others', `${number}`]));
    await Promise.all(tools.map((tool) => tool.printed('worked')));
    for (const tool of tools) tool.release();
    const ends = await Promise.all(tools.map(({ ended }) => ended));
    expect(ends).toEqual(NUMBERS.map(() => ({ code: 0, signal: null, stdout: 'worked\n', stderr: '' })));
    await drill.sink.requested(1);
    expect(flushersIn(drill.directory)).toHaveLength(1);
    take();
    await flusherEnded(drill.directory);
    expect([...countByUuid(drill.sink.arrived).values()]).toEqual(NUMBERS.map(() => 1));
    const numbers = drill.sink.taken.map(({ properties }) => properties.number as number);
    expect(numbers.sort((a, b) => a - b)).toEqual(NUMBERS);
    expect(drill.sink.mostOpen).toBe(1);
  });
});

describe.skipIf(process.platform !== 'linux')('a flusher whose server hangs', () => {
  it.concurrent.each([
    ['when the request has timed out', '1', 1_000, 5_000],
    ['after twenty seconds, however long a request may take', '300', 19_000, 31_000],
  ])('ends %s', async (_, requestTimeoutSeconds, fromMs, toMs) => {
    await using drill = await createDrill(project.folder, neverAnswer);
    const env = { ACME__TELEMETRY__REQUEST_TIMEOUT_SECONDS: requestTimeoutSeconds };
    await drill.run('tool.mjs', ['runs out'], env);
    await drill.sink.requested(1);
    expect(flushersIn(drill.directory)).toHaveLength(1);
    const startMs = performance.now();
    while (flushersIn(drill.directory).length > 0) await sleep(10);
    const livedMs = performance.now() - startMs;
    expect(livedMs).toBeGreaterThan(fromMs * 0.9);
    expect(livedMs).toBeLessThan(toMs);
  });
});
