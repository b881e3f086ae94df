import { z } from 'zod';

/** Where the settings service answers. */
export const CONFIG_PATH = '/api/v1/config/me';

/** `GET` and `PUT <CONFIG_PATH>/org-settings`: the four members of seed 001, and no other. */
export const OrgSettingsSchema = z.strictObject({
  org_id: z.string().describe('The organisation.'),
  telemetry_enabled: z
    .boolean()
    .describe('What holds now: the answer of the organisation, or the default while it has given none.'),
  updated_at: z.string().nullable().describe('When the answer last changed: ISO 8601, UTC, in microseconds.'),
  updated_by: z.string().nullable().describe('Who changed it: a team, or where it was done.'),
});
export type OrgSettings = z.infer<typeof OrgSettingsSchema>;

/** The body of `PUT <CONFIG_PATH>/org-settings`. */
export const OrgSettingsChangeSchema = z.strictObject({ telemetry_enabled: z.boolean() });

/** `GET <CONFIG_PATH>`: whose token this is, and what it opens. */
export const CallerSchema = z.strictObject({
  org_id: z.string(),
  team_node_id: z.string().nullable().describe('The team; null for a token of the organisation itself.'),
  scope: z.enum(['read', 'admin']),
  telemetry_stopped: z.boolean().describe('The operator has stopped telemetry for every organisation.'),
});
export type Caller = z.infer<typeof CallerSchema>;

/** Who switched what, and when. */
export const SettingsChangeSchema = z.strictObject({
  changed_at: z.string().describe('ISO 8601, UTC, in microseconds.'),
  changed_by: z.string(),
  /** `all`: the operator's stop of every organisation. */
  applies_to: z.enum(['org', 'all']),
  old_value: z.boolean().nullable().describe('null: there was no answer yet.'),
  new_value: z.boolean().nullable().describe('null: a stop was lifted, and the answer counts again.'),
});
export type SettingsChange = z.infer<typeof SettingsChangeSchema>;

/** `GET <CONFIG_PATH>/org-settings/changes`: newest first. */
export const SettingsChangesSchema = z.strictObject({ changes: z.array(SettingsChangeSchema).readonly() });
