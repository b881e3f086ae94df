/**
 * What one process can be:
 *
 * - `local-api`: answers programs of this machine about one app's telemetry
 * - `web`: the pages: a person's own where there is a `local-api`, the organisation's settings where there is a settings service
 * - `orgs`: the settings service of organisations
 * - `ingest`: receives events in PostHog's wire format
 */
export const ROLES = ['local-api', 'web', 'orgs', 'ingest'] as const;
export type Role = (typeof ROLES)[number];
