/** What started a run. Anything else counts as `other`. */
export const TRIGGERS = [
  'slack',
  'github',
  'pagerduty',
  'incidentio',
  'api',
  'web_ui',
  'webhook',
  'manual',
  'scheduled',
  'other',
] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** The agents that come with the product. One that a customer made and named counts as `other`. */
export const AGENTS = [
  'planner',
  'investigation',
  'k8s',
  'aws',
  'metrics',
  'coding',
  'github',
  'log_analysis',
  'ci',
  'writeup',
  'other',
] as const;
export type Agent = (typeof AGENTS)[number];

/** Why a run failed, said by the product itself: never read out of the text of an error. */
export const ERROR_TYPES = [
  'tool_error',
  'model_error',
  'rate_limited',
  'timeout',
  'network',
  'authentication',
  'permission',
  'invalid_input',
  'configuration',
  'cancelled',
  'internal',
  'other',
] as const;
export type ErrorType = (typeof ERROR_TYPES)[number];

/**
 * How a run ended. A run of any other status, such as `running` or `awaiting_approval`, is in the total and in no
 * outcome.
 */
export const OUTCOMES = { successful: 'completed', failed: 'failed', timeout: 'timeout' } as const;
