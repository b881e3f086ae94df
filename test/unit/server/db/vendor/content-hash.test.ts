import { describe, expect, it } from 'vitest';
import { contentHashOf } from '../../../../../src/server/db/vendor/content-hash.js';
import { buildDaily } from '../../../../support/reports.js';

describe('the hash of what a report says', () => {
  const report = buildDaily('2026-01-11');

  it('is the same in another order', () => {
    const { analytics } = report;
    const turned = {
      ...report,
      analytics: {
        ...Object.fromEntries(Object.entries(analytics).reverse()),
        runs_by_trigger: Object.fromEntries(Object.entries(analytics.runs_by_trigger).reverse()),
        top_errors: [...analytics.top_errors].reverse(),
      } as unknown as typeof analytics,
    };
    expect(contentHashOf(turned)).toBe(contentHashOf(report));
  });

  it.each([
    [{ total_runs: 151 }],
    [{ avg_tool_calls: null }],
    [{ runs_by_trigger: { webhook: 80, manual: 45, github: 25 } }],
    [{ runs_by_agent: { planner: 90, k8s: 60 } }],
    [{ top_errors: [{ error_type: 'timeout' as const, count: 6 }] }],
  ])('is another one for %j', (change) => {
    expect(contentHashOf(buildDaily('2026-01-11', change))).not.toBe(contentHashOf(report));
  });
});
