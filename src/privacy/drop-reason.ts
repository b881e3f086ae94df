/**
 * Why something was not recorded or not delivered: one closed list, counted in `status().dropped`.
 * `field_*` and `value_*` count parts of an event, the others whole events.
 */
export const DROP_REASONS = [
  'field_undeclared',
  'field_invalid',
  'field_unreadable',
  // Its declaration says until when it is collected.
  'field_expired',
  // The person has agreed to an earlier version, which said less.
  'field_held_back',
  'value_unsupported',
  'value_truncated',
  'handler_refused',
  'handler_failed',
  'event_unserializable',
  'event_name_invalid',
  'event_undeclared',
  'event_expired',
  'event_held_back',
  'not_in_catalogue',
  'consent_off',
  'store_unusable',
  // It waited in the store: the oldest went for room, it went with its age, or its line is only half there.
  'store_full',
  'expired',
  'record_torn',
  'after_shutdown',
  'too_large',
  'rejected_by_server',
] as const;

export type DropReason = (typeof DROP_REASONS)[number];

/** Told about every loss. Must not throw. */
export type CountDrop = (reason: DropReason, count?: number) => void;
