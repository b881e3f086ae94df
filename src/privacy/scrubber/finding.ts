/** What a piece of text can give away. Each kind has one placeholder, see `PLACEHOLDERS`. */
export type IdentifiableKind =
  | 'email'
  | 'phone'
  | 'card'
  | 'iban'
  | 'national-id'
  | 'device'
  | 'ip'
  | 'mac'
  | 'uuid'
  | 'credentials'
  | 'query'
  | 'path'
  | 'key'
  | 'jwt'
  | 'token'
  | 'secret'
  | 'user'
  | 'host'
  /** What a rule of the maker's own found. */
  | 'custom';

/**
 * One place in a text that has to go. Offsets count UTF-16 units; `end` is exclusive.
 * A finding never holds the text it points at, so it may be logged and counted.
 */
export interface Finding {
  readonly kind: IdentifiableKind;
  readonly start: number;
  readonly end: number;
  /** Of a rule that names its own; otherwise that of the kind. */
  readonly placeholder?: string;
}

/** What stands in the redacted text instead of a finding. No rule may match a placeholder, in whole or in part. */
export const PLACEHOLDERS: Readonly<Record<IdentifiableKind, string>> = {
  email: '<EMAIL>',
  phone: '<PHONE>',
  card: '<CARD>',
  iban: '<IBAN>',
  'national-id': '<NATIONAL_ID>',
  device: '<DEVICE_ID>',
  ip: '<IP>',
  mac: '<MAC>',
  uuid: '<UUID>',
  credentials: '<CREDENTIALS>',
  query: '<QUERY>',
  path: '<PATH>',
  key: '<KEY>',
  jwt: '<JWT>',
  token: '<TOKEN>',
  secret: '<SECRET>',
  user: '<USER>',
  host: '<HOST>',
  custom: '<REDACTED>',
};

export function placeholderOf({ kind, placeholder }: Finding): string {
  return placeholder ?? PLACEHOLDERS[kind];
}
