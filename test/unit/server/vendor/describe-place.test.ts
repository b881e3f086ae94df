import { describe, expect, it } from 'vitest';
import { describePlace } from '../../../../src/server/vendor/receiving/describe-place.js';

describe('the place of something in a report', () => {
  it.each([
    [[], 'The report'],
    [['customer_id'], 'customer_id'],
    [['metrics', 'runs_today'], 'metrics.runs_today'],
    [['analytics', 'top_errors', 3, 'error_type'], 'analytics.top_errors.3.error_type'],
    [['analytics', 'runs_by_trigger', 'slack'], 'analytics.runs_by_trigger.slack'],
  ])('%j is named by the catalogue', (path, expected) => {
    expect(describePlace(path)).toBe(expected);
  });

  it.each([
    [['employee_bob'], 'The report'],
    [['metrics', 'employee_bob', 'count'], 'metrics'],
    [['analytics', 'runs_by_agent', 'payroll-bot'], 'analytics.runs_by_agent'],
    [['constructor'], 'The report'],
  ])('%j is named as far as the catalogue knows the way', (path, expected) => {
    expect(describePlace(path)).toBe(expected);
  });
});
