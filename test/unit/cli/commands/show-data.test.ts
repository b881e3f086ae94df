import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type CounterName,
  createSanitizer,
  NOTHING_HELD,
  toCounterName,
} from '../../../../src/privacy/index.js';
import { createUsageLog, readUsage, toUsageJson } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';
import { filesIn, record, run } from '../support.js';

interface Session {
  readonly session_id: string;
  readonly events: readonly Record<string, unknown>[];
  readonly metadata: Record<string, unknown>;
}

const NOW = Date.UTC(2026, 10, 21, 8, 30);

/** Keep a few counters, as the app would. */
function count(directory: string): void {
  const log = createUsageLog(directory, { now: () => NOW });
  const nameOf = (text: string) => toCounterName(text) as CounterName;
  const sanitizer = createSanitizer({
    app: 'acme',
    now: () => 0,
    heldBack: () => NOTHING_HELD,
    hashes: { installation: () => undefined, session: () => undefined },
    toolsOverPrivacy: () => false,
    countDrop: () => {},
    reportMissingField: () => {},
  });
  const payload = sanitizer.properties({ size: 3 });
  for (let times = 0; times < 12; times += 1) log.record({ kind: 'feature', name: nameOf('toolkit.launch') });
  log.record({ kind: 'feature', name: nameOf('export'), variant: nameOf('png') });
  log.record({ kind: 'hook', name: nameOf('on_save'), payload });
  log.record({ kind: 'event', name: nameOf('asset.saved'), category: nameOf('custom'), payload });
}

describe('show-data', () => {
  it.each([
    [['show-data'], 'Nothing is kept here.\n'],
    [['show-data', '--list'], 'Nothing is kept here.\n'],
    [['show-data', '--json'], '[\n]\n'],
    [['show-data', '--list', '--json'], '[\n]\n'],
  ])('says so when there is nothing: %j', async (args, expected) => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, args);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: expected, stderr: '' });
    expect(filesIn(directory)).toEqual([]);
  });

  it('shows every event with its properties, and whether it was sent', async () => {
    const directory = createDirectory();
    await record(directory);
    const { status, stdout, stderr } = await run(directory, ['show-data']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^telemetry_\d{8}_\d{6}_\w{8}\.ndjson\n\n {2}code_search\n {2}[\d-]+T[\d:.]+Z, not sent\n/,
    );
    const shown: unknown = JSON.parse(stdout.slice(stdout.indexOf('{')));
    expect(shown).toMatchObject({ intent: 'DEBUG', query: 60, results: 2 });
  });

  it('prints sessions as JSON, a list of all', async () => {
    const directory = createDirectory();
    await record(directory);
    await record(directory);
    const { stdout } = await run(directory, ['show-data', '--json']);
    const sessions = JSON.parse(stdout) as Session[];
    expect(sessions).toHaveLength(2);
    for (const { session_id, events, metadata } of sessions) {
      expect(metadata).toMatchObject({ version: '1.0.0' });
      expect(events).toEqual([
        expect.objectContaining({ event_type: 'code_search', session_id, sent_at: null }),
      ]);
    }
  });

  it('lists names and sizes', async () => {
    const directory = createDirectory();
    await record(directory);
    const [name] = readdirSync(join(directory, 'ledger'));
    const { stdout } = await run(directory, ['show-data', '--list']);
    expect(stdout).toMatch(/^ +\d+ B {2}telemetry_\w+\.ndjson\n +\d+ B {2}in 1 file\n$/);
    const json = await run(directory, ['show-data', '--list', '--json']);
    expect(JSON.parse(json.stdout)).toEqual([
      { name, bytes: expect.any(Number), modified_at: expect.stringMatching(/Z$/) },
    ]);
  });

  it('lists crash reports too, and says that there are some', async () => {
    const directory = createDirectory();
    await record(directory);
    const name = 'crash_20261121_083000_1b4e28ba.json';
    mkdirSync(join(directory, 'crashes'));
    writeFileSync(join(directory, 'crashes', name), '{}\n');
    const { stdout } = await run(directory, ['show-data', '--list']);
    expect(stdout).toContain(`crashes/${name}\n`);
    expect(stdout).toContain('in 2 files');
    const all = await run(directory, ['show-data']);
    expect(all.stdout).toMatch(/And 1 crash report: see --list\.\n$/);
    const json = await run(directory, ['show-data', '--list', '--json']);
    expect(JSON.parse(json.stdout)).toContainEqual(
      expect.objectContaining({ name: `crashes/${name}`, bytes: 3 }),
    );
  });

  it('counts lines that cannot be read, and shows the rest', async () => {
    const directory = createDirectory();
    await record(directory);
    const [name = ''] = readdirSync(join(directory, 'ledger'));
    appendFileSync(join(directory, 'ledger', name), '{"half');
    const { status, stdout, stderr } = await run(directory, ['show-data']);
    expect(status).toBe(0);
    expect(stdout).toContain('code_search');
    expect(stderr).toBe(`1 line of ${name} cannot be read.\n`);
  });

  it.each([['show-data'], ['show-data', '--json']])(
    'lets nothing that stands in a file steer the terminal: %j',
    async (...args) => {
      const directory = createDirectory();
      const hostile = 'a\u001b]0;owned\u0007\u009b31m\u202e\u2066';
      mkdirSync(join(directory, 'ledger'));
      const line = JSON.stringify({
        recorded_at: '2026-11-21T13:00:00.000Z',
        uuid: 'u',
        event: hostile,
        distinct_id: 'd',
        timestamp: hostile,
        properties: { [hostile]: hostile },
      });
      writeFileSync(join(directory, 'ledger', 'telemetry_20261121_130000_aaaaaaaa.ndjson'), `${line}\n`);
      const { stdout, stderr } = await run(directory, args);
      expect(stdout).toContain('owned');
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    },
  );

  it('stops when nobody reads any longer', async () => {
    const directory = createDirectory();
    await record(directory);
    const { status, stdout } = await run(directory, ['show-data'], { closed: AbortSignal.abort() });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('says so when nothing is kept but counters', async () => {
    const directory = createDirectory();
    count(directory);
    const { stdout } = await run(directory, ['show-data']);
    expect(stdout).toBe('No events are kept here. For what is counted, see --usage.\n');
  });

  it.each([
    [['--follow'], / {2}code_search\n/],
    [['--follow', '--json'], /^{"event_type":"code_search"[^\n]+}\n$/],
  ])('shows events as they are recorded with %j, until Ctrl-C', async (flags, expected) => {
    const directory = createDirectory();
    const interrupt = new AbortController();
    let recording: Promise<void> | undefined;
    const { status, stdout, stderr } = await run(directory, ['show-data', ...flags], {
      interrupted: interrupt.signal,
      onWrite: (text) => {
        // The first look is taken at once; what is recorded after it is new.
        if (text.startsWith('Waiting')) setTimeout(() => (recording = record(directory)), 20);
        else interrupt.abort();
      },
    });
    await recording;
    expect({ status, stderr }).toEqual({ status: 130, stderr: 'Waiting for events. Ctrl-C ends this.\n' });
    expect(stdout).toMatch(expected);
  });

  it('ends following quietly when nobody reads any longer', async () => {
    const { status, stdout } = await run(createDirectory(), ['show-data', '--follow'], {
      closed: AbortSignal.abort(),
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

describe('show-data --usage', () => {
  it('shows what is counted, in columns', async () => {
    const directory = createDirectory();
    count(directory);
    const { status, stdout, stderr } = await run(directory, ['show-data', '--usage']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`Features
  export           1  2026-11-21T08:30:00.000Z
    png            1
  toolkit.launch  12  2026-11-21T08:30:00.000Z

Hooks
  on_save  1  2026-11-21T08:30:00.000Z

Events
  2026-11-21T08:30:00.000Z  asset.saved  custom  {"size":3}
`);
  });

  it('prints the same as JSON', async () => {
    const directory = createDirectory();
    count(directory);
    const { stdout } = await run(directory, ['show-data', '--usage', '--json']);
    expect(JSON.parse(stdout)).toEqual(toUsageJson(readUsage(directory)));
    expect(JSON.parse(stdout)).toMatchObject({ features: { export: { variants: { png: 1 } } } });
  });

  it('says so when nothing is counted, and makes nothing', async () => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['show-data', '--usage']);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'Nothing is counted here.\n',
      stderr: '',
    });
    expect(filesIn(directory)).toEqual([]);
  });

  it('says that a file was damaged, and shows the rest', async () => {
    const directory = createDirectory();
    count(directory);
    writeFileSync(join(directory, 'usage', 'total.json'), '{"half');
    const { status, stdout, stderr } = await run(directory, ['show-data', '--usage']);
    expect(status).toBe(0);
    expect(stdout).toContain('toolkit.launch  12');
    expect(stderr).toBe('A file of counters was damaged and is kept aside: what it held is not counted.\n');
  });
});
