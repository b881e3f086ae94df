import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { filesIn, record, run } from '../support.js';

interface Session {
  readonly session_id: string;
  readonly events: readonly Record<string, unknown>[];
  readonly metadata: Record<string, unknown>;
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
