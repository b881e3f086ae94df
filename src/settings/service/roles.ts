/**
 * What one process can be:
 *
 * - `local-api`: answers programs of this machine about one app's telemetry
 * - `web`: the pages: a person's own where there is a `local-api`, the organisation's settings where there is a settings service, the
 *   vendor's dashboard where there is a `vendor`
 * - `orgs`: the settings service of organisations
 * - `collector`: counts the runs of the organisations that are on, and sends the sums to the vendor service
 * - `vendor`: receives those sums, and knows the licences
 * - `ingest`: receives events in PostHog's wire format
 * - `writer`: stores the events that `ingest` has put into a stream
 */
export const ROLES = ['local-api', 'web', 'orgs', 'collector', 'vendor', 'ingest', 'writer'] as const;
export type Role = (typeof ROLES)[number];
