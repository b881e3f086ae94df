import { DATE_BUCKETS } from '../../privacy/index.js';
import type { ConsentScope, DomainScope, FieldScope } from './scope.js';

type Check = (value: unknown) => boolean;
type Data = Readonly<Record<string, unknown>>;

/**
 * Is something that was read from a file a scope, in every part? What is nearly one is none: it would be compared with.
 *
 * @param value - what `JSON.parse` gave. Never throws
 */
export function isConsentScope(value: unknown): value is ConsentScope {
  return isData(value) && isShallow(value, MAX_LEVELS) && CONSENT_SCOPE(value);
}

/** Of JSON, in the scope of classes as deep as anybody nests them. A file may hold what is deeper than the stack. */
const MAX_LEVELS = 100;

const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1)));

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isLabel: Check = (value) => isText(value) || isNumber(value) || isBoolean(value);
const isDay: Check = (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOneOf =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isRecordOf =
  (check: Check): Check =>
  (value) =>
    isData(value) && Object.values(value).every(check);

/** Exactly these members; those of `optional` may be left out. */
function hasMembers(required: Readonly<Record<string, Check>>, optional: typeof required = {}): Check {
  const names = Object.keys(required);
  return (value) =>
    isData(value) &&
    names.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, member]) => {
      const check = own(required, name) ?? own(optional, name);
      return check?.(member) === true;
    });
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const isDomain: Check = (value) => isData(value) && own(DOMAINS, String(value.kind))?.(value) === true;
const isField: Check = (value) => isData(value) && own(FIELDS, String(value.conversion))?.(value) === true;

const DOMAINS: Readonly<Record<DomainScope['kind'], Check>> = {
  boolean: hasMembers({ kind: isText }),
  number: hasMembers(
    { kind: isText, min: isNumber, max: isNumber, integer: isBoolean },
    { decimals: isNumber },
  ),
  enum: hasMembers({ kind: isText, labels: isListOf(isLabel) }, { fallback: isText }),
  pattern: hasMembers({ kind: isText, source: isText }),
  date_bucket: hasMembers({ kind: isText, bucket: isOneOf(...DATE_BUCKETS) }),
  list: hasMembers({ kind: isText, member: isDomain, maxMembers: isNumber }),
  any_of: hasMembers({ kind: isText, domains: isListOf(isDomain) }),
};

const fieldOf = (required: Readonly<Record<string, Check>> = {}, optional: typeof required = {}): Check =>
  hasMembers({ conversion: isText, ...required }, { expires: isDay, ...optional });

const FIELDS: Readonly<Record<FieldScope['conversion'], Check>> = {
  boolean: fieldOf(),
  count: fieldOf(),
  text_count: fieldOf(),
  presence_map: fieldOf(),
  redacted: fieldOf(),
  aggregate: fieldOf({ aggregate: isText }, { decimals: isNumber }),
  distribution: fieldOf({ labels: isListOf(isText) }),
  hash: fieldOf({ identity: isText, scope: isOneOf('installation', 'session') }),
  nested: fieldOf({ fields: isRecordOf(isField) }, { isRecursive: isOneOf(true), levelsOut: isNumber }),
  plain: fieldOf({ domain: isDomain }),
  any_of: fieldOf({ alternatives: isListOf(isField) }),
};

const isFields = isRecordOf(isField);

const isEvent = hasMembers(
  { undeclared: isBoolean, fields: isFields },
  { expires: isDay, forbidden: isListOf(isText) },
);

const CONSENT_SCOPE = hasMembers({
  recipient: isText,
  distinctId: isOneOf('session', 'installation'),
  untyped: isBoolean,
  events: isRecordOf(isEvent),
  common: isFields,
  session: isFields,
} satisfies Record<keyof ConsentScope, Check>);
