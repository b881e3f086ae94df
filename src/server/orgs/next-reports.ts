import type { Database } from '../db/contract.js';
import type { NextReports } from '../wire/reports/index.js';
import type { OrgsParts } from './app.js';

type NextReportsOptions = Pick<
  OrgsParts,
  'enabledByDefault' | 'minGroup' | 'heartbeatIntervalSeconds' | 'now'
>;

/**
 * Tell what would be sent, as of the last full interval of heartbeats, and the same until the next: between two looks, nobody sees
 * one run of somebody else come or end that no two heartbeats would show. A change of an answer and a stop show at once.
 *
 * @remarks Reports are kept for each state of the answers, so that whoever switches to and fro sees no more. Every process keeps its own.
 */
export function createNextReports(
  reports: Pick<Database['reports'], 'buildNext' | 'readDecisions'>,
  { enabledByDefault, minGroup, heartbeatIntervalSeconds, now }: NextReportsOptions,
): () => Promise<NextReports> {
  const intervalMs = heartbeatIntervalSeconds * 1_000;
  let keptForMs: number | undefined;
  let kept = new Map<string, Promise<NextReports>>();

  return async () => {
    const decisions = await reports.readDecisions();
    const nowMs = Math.floor(now() / intervalMs) * intervalMs;
    if (nowMs !== keptForMs) {
      keptForMs = nowMs;
      kept = new Map();
    }
    const ofInterval = kept;
    const building = ofInterval.get(decisions) ?? build(decisions, nowMs, () => ofInterval.delete(decisions));
    ofInterval.set(decisions, building);
    return building;
  };

  async function build(decisions: string, nowMs: number, forget: () => void): Promise<NextReports> {
    try {
      const next = await reports.buildNext({ enabledByDefault, minGroup, nowMs });
      // Somebody may have answered before it was made.
      if ((await reports.readDecisions()) !== decisions) forget();
      return next;
    } catch (error) {
      forget();
      throw error;
    }
  }
}
