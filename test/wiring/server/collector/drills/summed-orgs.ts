import { expect } from 'vitest';
import type { VendorRequest } from '../../../../../src/server/collector/index.js';
import type { TestDatabase } from '../../../../support/databases.js';
import { addRuns } from './stage.js';

/** Organisation number n, `org-n`, has 2 to the power of n runs: their sum says who is in it. They are all that there is then. */
export async function replaceBySummedOrgs(test: TestDatabase, count: number): Promise<void> {
  await test.query('DELETE FROM agent_runs; DELETE FROM org_nodes');
  for (let org = 0; org < count; org += 1) await addRuns(test, `org-${org}`, 0);
  await test.query(
    `INSERT INTO agent_runs (id, org_id, started_at, status)
     SELECT 'run-' || org || '-' || n, 'org-' || org, '2026-01-11T11:30:00Z', 'completed'
     FROM generate_series(0, ${count - 1}) org, generate_series(1, (2 ^ org)::integer) n`,
  );
}

const isIn = (sum: number, org: number) => Math.floor(sum / 2 ** org) % 2 === 1;

/** Notes when heartbeats about such organisations begin to leave, and when a no of one of them is acknowledged. */
export function createWitness() {
  const begun: { readonly atMs: number; readonly sum: number }[] = [];
  const acknowledged = new Map<number, number>();
  return {
    begun,
    /** Organisations, with the moments. */
    acknowledged,
    onStart({ body }: VendorRequest): void {
      const sum = /"runs_today":(\d+)/.exec(body)?.[1];
      if (sum !== undefined) begun.push({ atMs: performance.now(), sum: Number(sum) });
    },
    acknowledge(org: number): void {
      acknowledged.set(org, performance.now());
    },
    expectNoneAfterTheirNo(): void {
      for (const [org, atMs] of acknowledged)
        for (const request of begun) expect(request.atMs > atMs && isIn(request.sum, org)).toBe(false);
    },
  };
}
