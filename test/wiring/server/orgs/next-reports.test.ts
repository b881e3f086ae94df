import { beforeEach, describe, expect, it } from 'vitest';
import type { NextReports } from '../../../../src/server/wire/reports/index.js';
import { DATABASE_KINDS } from '../../../support/databases.js';
import { ask, put, useServedOrgs } from './support.js';

const INTERVAL_MS = 300_000;
/** The start of an interval. Each test has one of its own. */
let startMs = Math.floor(Date.now() / INTERVAL_MS) * INTERVAL_MS;

describe.each(DATABASE_KINDS)('what would be sent, on %s', (kind) => {
  let nowMs = startMs;
  const served = useServedOrgs(kind, { now: () => nowMs, minGroup: 1 });
  beforeEach(async () => {
    startMs -= 20 * INTERVAL_MS;
    nowMs = startMs + 200_000;
    await served.query(
      `DELETE FROM org_settings; TRUNCATE agent_runs, org_telemetry_intervals, telemetry_stops`,
    );
  });

  let runs = 0;
  const addRun = (orgId: string, startedMs: number) => {
    runs += 1;
    return served.query(
      `INSERT INTO agent_runs (id, org_id, team_node_id, status, duration_seconds, started_at)
       VALUES ('run-${runs}', '${orgId}', 'team', 'failed', 431.7, '${new Date(startedMs).toISOString()}')`,
    );
  };
  const look = async (token: string) => {
    const { body } = await ask(`${served.url}/api/v1/config/me/reports/next`, token);
    return body as NextReports;
  };
  const lastHour = ({ reports: [heartbeat] }: NextReports) =>
    heartbeat?.kind === 'heartbeat' ? heartbeat.payload?.metrics.runs_last_hour : undefined;

  it('is the same for a whole interval, so that nobody sees a run of others come', async () => {
    const token = await served.createToken({ orgId: 'watcher', scope: 'read' });
    await addRun('watched', startMs - 60_000);
    const first = await look(token);
    expect(first.as_of).toBe(new Date(startMs).toISOString());
    expect(lastHour(first)).toBe(1);

    // One that was written late, and one that starts now.
    await addRun('watched', startMs - 1_000);
    await addRun('watched', startMs + 201_000);
    await served.query(`UPDATE agent_runs SET status = 'completed', duration_seconds = 7`);
    nowMs = startMs + INTERVAL_MS - 1;
    expect(await look(token)).toEqual(first);

    nowMs += 1;
    expect(lastHour(await look(token))).toBe(3);
  });

  it('is not made anew for who switches to and fro', async () => {
    const token = await served.createToken({ orgId: 'watcher' });
    await put(served, token, { telemetry_enabled: true });
    const first = await look(token);
    await put(served, token, { telemetry_enabled: false });
    const off = await look(token);
    await addRun('watched', startMs - 1_000);
    for (const known of [first, off]) {
      await put(served, token, { telemetry_enabled: known === first });
      expect(await look(token)).toEqual(known);
    }
  });

  it('follows an answer, a stop and its end at once', async () => {
    const token = await served.createToken({ orgId: 'changing' });
    await addRun('changing', startMs - 1_000);
    expect(lastHour(await look(token))).toBe(1);
    await put(served, token, { telemetry_enabled: false });
    expect(lastHour(await look(token))).toBe(0);
    await served.query(`UPDATE org_settings SET telemetry_enabled = true`);
    expect(lastHour(await look(token))).toBe(1);
    await served.database.orgs.stopAll('operator');
    expect(await look(token)).toMatchObject({ sends: false, reason: 'stopped' });
    await served.database.orgs.resumeAll('operator');
    expect(await look(token)).toMatchObject({ sends: true, reason: 'counted' });
  });

  it('is made again after a failure', async () => {
    const token = await served.createToken({ orgId: 'failing' });
    await served.query('ALTER TABLE agent_runs RENAME TO hidden_runs');
    const failed = await ask(`${served.url}/api/v1/config/me/reports/next`, token);
    await served.query('ALTER TABLE hidden_runs RENAME TO agent_runs');
    expect(failed.status).toBe(500);
    expect(await look(token)).toMatchObject({ sends: true });
  });
});
