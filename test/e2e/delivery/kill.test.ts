import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_WAITING, WRITE_DELAY_MS } from '../../../src/store/index.js';
import { neverAnswer } from '../../support/recording-server.js';
import { createDrill, type Drill, type LedgerFile, readLedgerFile } from '../support/drill.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { flusherEnded, flushersIn } from '../support/flusher.js';

let project: DrillProject;
beforeAll(async () => {
  project = await createDrillProject();
});
afterAll(() => project[Symbol.dispose]());

const KILLS = 100;
const EVENTS = 5_000;
/** Nothing is removed for want of room. */
const ROOM = { ACME__TELEMETRY__MAX_LEDGER_BYTES: '100000000' };
/** Two clocks that count whole milliseconds. */
const ROUNDING_MS = 3;

interface Printed {
  readonly number: number;
  readonly atMs: number;
}

/** A run of the program that was killed: what it said it had recorded, and what stands in its part of the ledger. */
interface Life {
  readonly printed: readonly Printed[];
  /** None when it was killed before its first write. */
  readonly file: LedgerFile;
}

const NO_FILE: LedgerFile = { events: [], broken: 0, isTorn: false };

/** How many events a life must have kept of those it recorded, by what the ledger promises. */
const LEAST_KEPT = {
  sync: (printed: readonly Printed[]) => printed.length - MAX_WAITING,
  async: (printed: readonly Printed[]) => {
    // By its own clock, in a turn of its loop that it has come to the end of: a process that gets no time writes nothing.
    const lastTurn = printed.findLast(({ number }, index) => endsTurn(number) && index < printed.length - 1);
    const writtenByMs = (lastTurn?.atMs ?? 0) - WRITE_DELAY_MS - ROUNDING_MS;
    return printed.filter(({ atMs }) => atMs < writtenByMs).length;
  },
};

/** As in `endless.mjs`. */
const endsTurn = (number: number) => number % 5 === 0;

/** In which some are killed before their first write, and most between two. */
const LONGEST_LIFE_MS = { sync: 20, async: 120 };

/** How many lives so many events take, and how long a life takes to begin, is a matter of the machine. */
const DRILL_TIMEOUT_MS = 400_000;

describe.skipIf(process.platform === 'win32')('kill -9', { timeout: DRILL_TIMEOUT_MS }, () => {
  it.concurrent.each(['sync', 'async'] as const)('costs no event that was written: %s', async (way) => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    const random = createRandom(seed);
    await using drill = await createDrill(project.folder);
    let [kills, last, torn] = [0, 0, 0];
    while (kills < KILLS || last < EVENTS) {
      const life = await liveAndDie(drill, way, last + 1, random() * LONGEST_LIFE_MS[way]);
      const { events, broken, isTorn } = life.file;
      const place = `seed ${seed}, kill ${kills}, from ${last + 1}`;
      const numbers = events.map(({ number }) => number);
      expect(broken, place).toBe(0);
      expect(numbers, place).toEqual(numbers.map((_, index) => last + 1 + index));
      expect(numbers.length, place).toBeGreaterThanOrEqual(LEAST_KEPT[way](life.printed));
      kills += 1;
      torn += isTorn ? 1 : 0;
      last = numbers.at(-1) ?? last;
    }
    await drill.run('tool.mjs', ['runs out', `${last + 1}`], ROOM);
    await flusherEnded(drill.directory);
    const kept = drill.ledgerFiles().flatMap((path) => readLedgerFile(path).events);
    const taken = new Map(drill.sink.taken.map(({ uuid, properties }) => [uuid, properties.number]));
    expect(taken, `seed ${seed}`).toEqual(new Map(kept.map(({ uuid, number }) => [uuid, number])));
    expect(new Set(taken.values()).size, `seed ${seed}`).toBe(last + 1);
    expect(taken.size, `seed ${seed}`).toBe(last + 1);
    expect(drill.lost().record_torn ?? 0, `seed ${seed}`).toBe(torn);
  });
});

describe.skipIf(process.platform !== 'linux')('a flusher that is killed', () => {
  it('leaves what it had not sent, and its lease lapses', async () => {
    await using drill = await createDrill(project.folder, neverAnswer);
    await drill.run('tool.mjs', ['runs out', '1']);
    await drill.sink.requested(1);
    for (const pid of flushersIn(drill.directory)) process.kill(pid, 'SIGKILL');
    drill.sink.recover();
    await drill.run('tool.mjs', ['runs out', '2']);
    expect(drill.sink.taken).toEqual([]);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(join(drill.directory, 'spool', 'lease'), longAgo, longAgo);
    await drill.run('tool.mjs', ['runs out', '3']);
    await flusherEnded(drill.directory);
    expect(drill.sink.taken.map(({ properties }) => properties.number).sort()).toEqual([1, 2, 3]);
  });
});

async function liveAndDie(
  drill: Drill,
  way: 'sync' | 'async',
  first: number,
  killAfterMs: number,
): Promise<Life> {
  const before = new Set(drill.ledgerFiles());
  const program = drill.start('endless.mjs', [way, `${first}`], ROOM);
  await program.printed(/^\d+ /);
  await sleep(killAfterMs);
  program.kill('SIGKILL');
  await program.ended;
  const printed = program.lines.flatMap((line) => {
    const [, number, atMs] = /^(\d+) (\d{13})$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), atMs: Number(atMs) }];
  });
  const parts = drill.ledgerFiles().filter((path) => !before.has(path));
  return { printed, file: parts.sort(byPart).map(readLedgerFile).reduce(joinParts, NO_FILE) };
}

/** A life that a busy machine has prolonged fills more than one part, and only the last one can be torn. */
const joinParts = (a: LedgerFile, b: LedgerFile): LedgerFile => ({
  events: [...a.events, ...b.events],
  broken: a.broken + b.broken + (a.isTorn ? 1 : 0),
  isTorn: b.isTorn,
});

const partOf = (path: string) => Number(/\.(\d+)\.ndjson$/.exec(path)?.[1] ?? 1);
const byPart = (a: string, b: string) => partOf(a) - partOf(b);

/** Numbers from 0 up to 1 that a seed repeats: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
