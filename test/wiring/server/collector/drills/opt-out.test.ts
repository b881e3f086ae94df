import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRuns, START_MS, setStage } from './stage.js';
import { createWitness, replaceBySummedOrgs } from './summed-orgs.js';

const DAY = '"date":"';
const countIn = (text: string) => /"(?:runs_today|total_runs)":(\d+)/.exec(text)?.[1];

describe('an organisation that says no between the count and the send', () => {
  it.each(['heartbeat', 'daily'] as const)('is not in the %s that leaves', async (kind) => {
    await using stage = await setStage();
    await addRuns(stage.test, 'globex', 30);
    let hasAnswered = false;
    const collector = stage.create({
      async beforeStart({ body }) {
        if (hasAnswered || body.includes(DAY) !== (kind === 'daily')) return;
        hasAnswered = true;
        expect(countIn(body)).toBe('42');
        await stage.test.database.orgs.change({ orgId: 'globex', telemetryEnabled: false, actor: 'ops' });
      },
    });
    await collector.runOnce();
    expect(hasAnswered).toBe(true);
    const sent = stage.vendor.reports().filter(({ text }) => text.includes(DAY) === (kind === 'daily'));
    expect(sent.map(({ text }) => countIn(text))).toEqual(['12']);
    expect(stage.linesOf('report_withheld')).toMatchObject([{ kind, reason: 'decision' }]);
    const lines = await stage.test.query(
      `SELECT outcome FROM sotto_collector.sends WHERE kind = '${kind}' ORDER BY send_id`,
    );
    expect(lines.map(({ outcome }) => outcome)).toEqual(['withheld', 'accepted']);
    const told = await stage.test.database.sends.sent(10);
    const ofKind = told.filter((report) => report.kind === kind);
    expect(ofKind.map((report) => countIn(JSON.stringify(report)))).toEqual(['12']);
  });

  it('and is the last one ends the report', async () => {
    await using stage = await setStage();
    const collector = stage.create({
      beforeStart: () => stage.test.database.orgs.stopAll('operator'),
    });
    expect(await collector.runOnce()).toMatchObject({
      heartbeat: { status: 'nobody_counted' },
      days: [{ result: { status: 'nobody_counted' } }],
    });
    expect(stage.vendor.reports()).toEqual([]);
  });

  it('holds a report up that is made anew five times, and no longer', async () => {
    await using stage = await setStage();
    let telemetryEnabled = false;
    await addRuns(stage.test, 'globex', 3);
    const collector = stage.create({
      async beforeStart() {
        await stage.test.database.orgs.change({ orgId: 'globex', telemetryEnabled, actor: 'ops' });
        telemetryEnabled = !telemetryEnabled;
      },
    });
    const { heartbeat } = await collector.runOnce();
    expect(heartbeat).toEqual({ status: 'withheld', reason: 'decision' });
    expect(stage.vendor.reports()).toEqual([]);
    expect(stage.linesOf('report_withheld').filter(({ kind }) => kind === 'heartbeat')).toHaveLength(5);
  });
});

describe('organisations that say no while heartbeats are sent without a pause', () => {
  const ORGS = 9;

  it('are in no request that begins after their no was acknowledged', async () => {
    let requests = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: ORGS }),
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: ORGS, maxLength: ORGS }),
        async (order, pauses) => {
          await using stage = await setStage();
          await replaceBySummedOrgs(stage.test, ORGS);
          const { begun, acknowledged, onStart, acknowledge, expectNoneAfterTheirNo } = createWitness();
          let nowMs = START_MS;
          let turn = 0;
          const collector = stage.create({
            effects: { now: () => nowMs },
            async beforeStart() {
              turn += 1;
              for (let times = turn % 4; times > 0; times -= 1) await immediate();
            },
            onStart,
          });
          await collector.runOnce();
          const answering = (async () => {
            for (const [index, org] of order.entries()) {
              const pause = pauses[index] ?? 0;
              // Every third no comes after one more request has begun, however slow the machine is.
              const mustHaveBegun = index % 3 === 0 ? begun.length + 1 : 0;
              const until = turn + (pause % 3);
              while (turn < until || begun.length < mustHaveBegun) await immediate();
              for (let times = pause; times > 0; times -= 1) await immediate();
              const change = { orgId: `org-${org}`, telemetryEnabled: false, actor: 'ops' };
              await stage.test.database.orgs.change(change);
              acknowledge(org);
            }
          })();
          while (acknowledged.size < ORGS) {
            nowMs += 1_000;
            await collector.runOnce();
          }
          await answering;
          expect(begun[0]?.sum).toBe(2 ** ORGS - 1);
          expectNoneAfterTheirNo();
          requests += begun.length;
          expect(stage.vendor.arrivedAt('/telemetry/heartbeat').length).toBe(begun.length);
        },
      ),
      { numRuns: 8 },
    );
    // The first of each is before any no: there were others.
    expect(requests).toBeGreaterThan(8 * 3);
  }, 120_000);
});

const immediate = () => new Promise((resolve) => setImmediate(resolve));
