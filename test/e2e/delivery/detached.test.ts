import { readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWith, neverAnswer } from '../../support/recording-server.js';
import { createDrill } from '../support/drill.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { flusherEnded, flushersIn } from '../support/flusher.js';

let project: DrillProject;
beforeAll(async () => {
  project = await createDrillProject();
});
afterAll(() => project[Symbol.dispose]());

const SHORT_REQUESTS = { ACME__TELEMETRY__REQUEST_TIMEOUT_SECONDS: '2' };
const NOTHING_WAITS = expect.not.arrayContaining([expect.stringMatching(/\.(held|released)\.json$/)]);

describe('a tool that records and ends', () => {
  it.each([
    ['runs out', 0, ''],
    ['exits', 3, ''],
    ['throws', 1, 'RangeError: of the program'],
    ['rejects', 1, 'RangeError: of the program'],
    ['shuts down', 0, ''],
    ['disposes of it', 0, ''],
    ['has a thread', 0, ''],
    ['has a worker of a cluster', 0, ''],
  ])('as it would without telemetry, and its event arrives once: %s', async (end, code, error) => {
    await using drill = await createDrill(project.folder);
    const without = await drill.run('tool.mjs', [end], { ACME_DISABLE_TELEMETRY: '1' });
    expect(without).toMatchObject({ code, signal: null, stderr: expect.stringContaining(error) });
    expect(await drill.run('tool.mjs', [end])).toEqual(without);
    await flusherEnded(drill.directory);
    expect(drill.sink.arrived.map(({ properties }) => properties.number)).toEqual([1]);
    expect(drill.spool()).toEqual(NOTHING_WAITS);
  });

  it('has ended while its flusher still waits for the server', async () => {
    await using drill = await createDrill(project.folder, neverAnswer);
    expect(await drill.run('tool.mjs', ['runs out'])).toMatchObject({ code: 0, stderr: '' });
    await drill.sink.requested(1);
    expect(flushersIn(drill.directory)).toHaveLength(1);
  });
});

describe.skipIf(process.platform !== 'linux')('the flusher', () => {
  it('has nothing of the tool but where it stands and the environment without what runs code', async () => {
    await using drill = await createDrill(project.folder, neverAnswer);
    const loadedBy = join(drill.home, 'loaded-by');
    const preload = pathToFileURL(join(project.folder, 'preload.mjs')).href;
    const env = { NODE_OPTIONS: `--import ${preload}`, LOADED_BY: loadedBy };
    const tool = drill.start('tool.mjs', ['runs out'], env);
    expect(await tool.ended).toMatchObject({ code: 0, stderr: '' });
    await drill.sink.requested(1);
    const [pid] = flushersIn(drill.directory);
    const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0').slice(0, -1);
    const [node, script, ...args] = read('cmdline');
    expect([node, basename(script ?? ''), ...args]).toEqual([process.execPath, 'sotto-flusher.js']);
    expect(readlinkSync(`/proc/${pid}/cwd`)).toBe(drill.directory);
    const names = read('environ').map((line) => line.split('=')[0]);
    expect(names).toEqual(expect.arrayContaining(['ACME_TELEMETRY_ENABLED', 'HOME', 'PATH']));
    expect(names).not.toContain('NODE_OPTIONS');
    expect(readFileSync(loadedBy, 'utf8')).toBe(`${tool.pid}\n`);
    expect([0, 1, 2].map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))).toEqual(Array(3).fill('/dev/null'));
  });

  it('is in a group and a session of its own: Ctrl-C ends the tool and not it', async () => {
    await using drill = await createDrill(project.folder, neverAnswer);
    const tool = drill.start('tool.mjs', ['shuts down and stays']);
    await tool.printed('stays');
    await drill.sink.requested(1);
    const [pid] = flushersIn(drill.directory);
    tool.interrupt();
    expect(await tool.ended).toMatchObject({ code: null, signal: 'SIGINT', stderr: '' });
    expect(flushersIn(drill.directory)).toEqual([pid]);
    const [, , group, session] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    expect([group, session]).toEqual([`${pid}`, `${pid}`]);
  });
});

describe('a person who says no', () => {
  it('while the flusher waits for the server gets no further request', async () => {
    await using drill = await createDrill(project.folder, answerWith(503));
    await drill.run('tool.mjs', ['runs out', '1'], SHORT_REQUESTS);
    await flusherEnded(drill.directory);
    drill.setRest(0);
    drill.sink.misbehave(neverAnswer);
    await drill.run('tool.mjs', ['runs out', '2'], SHORT_REQUESTS);
    await drill.sink.requested(2);
    drill.sink.recover();
    expect(await drill.sotto('disable')).toMatchObject({ code: 0 });
    expect(drill.spool()).toEqual([]);
    expect(flushersIn(drill.directory)).toHaveLength(1);
    await flusherEnded(drill.directory);
    expect({ taken: drill.sink.taken, spool: drill.spool() }).toEqual({ taken: [], spool: [] });
  });

  it('before a flusher starts has what waited never sent, also after another yes', async () => {
    await using drill = await createDrill(project.folder, answerWith(503));
    await drill.run('tool.mjs', ['runs out', '1']);
    await flusherEnded(drill.directory);
    drill.sink.recover();
    await drill.sotto('disable');
    await drill.run('tool.mjs', ['runs out', '2']);
    expect(drill.spool()).toEqual([]);
    await drill.sotto('enable', '--yes');
    await drill.run('tool.mjs', ['runs out', '3']);
    await flusherEnded(drill.directory);
    expect(drill.sink.taken.map(({ properties }) => properties.number)).toEqual([3]);
  });

  it.each([
    ['DO_NOT_TRACK', '1'],
    ['ACME_DISABLE_TELEMETRY', 'true'],
    ['ACME__TELEMETRY__DRY_RUN', 'true'],
  ])('by %s in a later run has nothing sent by that run', async (name, value) => {
    await using drill = await createDrill(project.folder, answerWith(503));
    await drill.run('tool.mjs', ['runs out', '1']);
    await flusherEnded(drill.directory);
    drill.setRest(0);
    drill.sink.recover();
    await drill.run('tool.mjs', ['runs out', '2'], { [name]: value });
    await flusherEnded(drill.directory);
    expect(drill.sink.arrived).toHaveLength(1);
    await drill.run('tool.mjs', ['runs out', '3']);
    await flusherEnded(drill.directory);
    expect(drill.sink.taken.map(({ properties }) => properties.number).sort()).toEqual([1, 3]);
  });
});
