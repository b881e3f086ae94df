export { parseCursor } from './event-cursor.js';
export type {
  AddResult,
  EventCounts,
  EventPage,
  EventQuery,
  EventStore,
  IngestEvent,
  StoredEvent,
} from './event-store.js';
export {
  type Caller,
  CallerSchema,
  CONFIG_PATH,
  type OrgSettings,
  OrgSettingsChangeSchema,
  OrgSettingsSchema,
  type SettingsChange,
  SettingsChangesSchema,
} from './org-settings.js';
