import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAnswer } from '../../support/recording-server.js';
import { createDrill, type Drill } from '../support/drill.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { flushersIn } from '../support/flusher.js';

let project: DrillProject;
beforeAll(async () => {
  project = await createDrillProject();
});
afterAll(() => project[Symbol.dispose]());

const DEADLINE_MS = 1_000;
/** Longer than any test. */
const PATIENCE = { ACME__TELEMETRY__SHUTDOWN_TIMEOUT_SECONDS: '60' };

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** What arrived, after a next run that sends what the last one left. */
async function numbersAfterNextRun(drill: Drill): Promise<readonly unknown[]> {
  drill.sink.recover();
  await drill.run('service.mjs', ['flushes', '2']);
  return numbersOf(drill).sort();
}

const numbersOf = ({ sink }: Drill) => sink.taken.map(({ properties }) => properties.number);

describe.skipIf(process.platform === 'win32')('a service', () => {
  it.each(SIGNALS)('sends what waits, and dies of the signal that ended it: %s', async (signal) => {
    await using drill = await createDrill(project.folder);
    const service = drill.start('service.mjs', ['stays', '1']);
    await service.printed('ready');
    service.kill(signal);
    expect(await service.ended).toEqual({ code: null, signal, stdout: 'ready\n', stderr: '' });
    expect(numbersOf(drill)).toEqual([1]);
    expect(drill.spool()).toEqual([]);
    expect(flushersIn(drill.directory)).toEqual([]);
  });

  it('ends within its deadline when the server hangs, and its next run sends', async () => {
    await using drill = await createDrill(project.folder, neverAnswer);
    const service = drill.start('service.mjs', ['stays', '1']);
    await service.printed('ready');
    const startMs = performance.now();
    service.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
    expect(performance.now() - startMs).toBeLessThan(2 * DEADLINE_MS);
    expect(await numbersAfterNextRun(drill)).toEqual([1, 2]);
  });

  it.each(SIGNALS)('ends at once by a second signal: SIGTERM, then %s', async (signal) => {
    await using drill = await createDrill(project.folder, neverAnswer);
    const service = drill.start('service.mjs', ['stays', '1'], PATIENCE);
    await service.printed('ready');
    service.kill('SIGTERM');
    await drill.sink.requested(1);
    service.kill(signal);
    expect(await service.ended).toMatchObject({ code: null, signal, stderr: '' });
    expect(await numbersAfterNextRun(drill)).toEqual([1, 2]);
  });

  it('with a handler of its own decides itself, and its next run sends', async () => {
    await using drill = await createDrill(project.folder);
    const service = drill.start('service.mjs', ['has a handler', '1'], PATIENCE);
    await service.printed('ready');
    service.kill('SIGTERM');
    expect(await service.ended).toEqual({ code: 7, signal: null, stdout: 'ready\nhandled\n', stderr: '' });
    expect(drill.sink.arrived).toEqual([]);
    expect(await numbersAfterNextRun(drill)).toEqual([1, 2]);
  });

  it('with a handler that shuts telemetry down has sent when it ends', async () => {
    await using drill = await createDrill(project.folder);
    const service = drill.start('service.mjs', ['has a handler that shuts down', '1'], PATIENCE);
    await service.printed('ready');
    service.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(numbersOf(drill)).toEqual([1]);
  });

  it('that exits leaves what waits to its next run', async () => {
    await using drill = await createDrill(project.folder);
    expect(await drill.run('service.mjs', ['exits', '1'])).toMatchObject({ code: 5, stderr: '' });
    expect({ arrived: drill.sink.arrived, flushers: flushersIn(drill.directory) }).toEqual({
      arrived: [],
      flushers: [],
    });
    expect(await numbersAfterNextRun(drill)).toEqual([1, 2]);
  });

  it.each([0, 1, 3, 10])('is ended by a signal that comes %i ms after an answer', async (delayMs) => {
    await using drill = await createDrill(project.folder);
    const env = { ACME__TELEMETRY__BATCH_INTERVAL_SECONDS: '0.1' };
    const service = drill.start('service.mjs', ['stays', '1'], env);
    await drill.sink.requested(1);
    await sleep(delayMs);
    service.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
    expect({ numbers: numbersOf(drill), spool: drill.spool() }).toEqual({ numbers: [1], spool: [] });
  });

  it('that runs on sends by itself what the last one left', async () => {
    await using drill = await createDrill(project.folder);
    await drill.run('service.mjs', ['exits', '1']);
    const env = { ACME__TELEMETRY__BATCH_INTERVAL_SECONDS: '0.1' };
    const service = drill.start('service.mjs', ['stays', '2'], env);
    await drill.sink.requested(2);
    expect(numbersOf(drill).sort()).toEqual([1, 2]);
    service.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
  });
});
