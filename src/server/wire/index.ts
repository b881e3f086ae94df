export { CUSTOMER_ID, holdsUnseen, showUnseen } from './customer.js';
export {
  CSV_COLUMNS,
  type Customers,
  CustomersSchema,
  DASHBOARD_PATH,
  type Overview,
  OverviewSchema,
} from './dashboard.js';
export { parseCursor } from './event-cursor.js';
export type { EventQueue, QueuedContent, QueuedMessages, TakenMessage } from './event-queue.js';
export {
  type AddResult,
  type EventCounts,
  type EventPage,
  type EventQuery,
  type EventStore,
  type IngestEvent,
  MAX_PROPERTY_LEVELS,
  type StoredEvent,
} from './event-store.js';
export { INTERNAL_PATH } from './internal.js';
export { toOccurredAtMs } from './occurred-at.js';
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
export {
  type Entitlements,
  EntitlementsSchema,
  isTooOldForVendor,
  type LicenseAnswer,
  LicenseAnswerSchema,
  MAX_DAILY_AGE_DAYS,
  REPORT_HEADERS,
  type Receipt,
  ReceiptSchema,
  VENDOR_PATHS,
} from './vendor.js';
