export { AnonymityConversion } from './conversion.js';
export { AGGREGATE_FUNCTIONS, type AggregateFunction } from './conversions/aggregate.js';
export { digestOfContent, digestOfEvent } from './digest-of-event.js';
export {
  type BoundedSchema,
  bool,
  DATE_BUCKETS,
  type DateBucket,
  type Domain,
  type DomainScope,
  type DomainValue,
  dateBucket,
  integer,
  labelsOf,
  listOf,
  type NumberBounds,
  number,
  oneOf,
  optional,
  pattern,
  toDomainScope,
} from './domains/index.js';
export { routeTemplate, toRouteTemplate, UNMATCHED_ROUTE } from './domains/route-template.js';
export { type CountDrop, DROP_REASONS, type DropReason } from './drop-reason.js';
export {
  ANONYMOUS,
  ERROR_CATEGORIES,
  type ErrorCategory,
  type ErrorDescription,
  errorCode,
  errorFingerprint,
  errorName,
  type Frame,
  frameText,
  isErrorCode,
  messageTemplate,
  RELEASE,
  toErrorName,
  toFrameText,
  toMessageTemplate,
} from './error-text/index.js';
export { HASH_PLACEHOLDER, type HashScope, type HashValue } from './hash-value.js';
export {
  EVERYTHING_HELD,
  type HeldBack,
  type HeldFields,
  NOTHING_HELD,
  UNDECLARED,
} from './held-back.js';
export type { JsonObject, JsonScalar, JsonValue } from './json.js';
export { createKeyedHash } from './keyed-hash.js';
export { mergeProperties } from './merge-properties.js';
export { RECEIPT_TYPE, type ReceiptClaims, toReceiptRoot } from './receipt-root.js';
export { restoreEvent } from './restore-event.js';
export type { SanitizedEvent, SanitizedProperties, WireEvent } from './sanitized-event.js';
export { createSanitizer, type Envelope, type HashSource, type Sanitizer } from './sanitizer.js';
export { anonymize } from './schema/anonymize.js';
export { type DeclaredValue, type FieldDeclaration, isFieldDeclaration } from './schema/declaration.js';
export { declareField } from './schema/declare.js';
export {
  type ConversionDeclaration,
  type DeclareConversionsOptions,
  declareConversions,
} from './schema/declare-conversions.js';
export {
  type BuiltInEventOptions,
  type EventOptions,
  event,
  nameEvent,
} from './schema/event.js';
export { eventClassCount, knownEventClasses, rememberEventClass } from './schema/event-classes.js';
export {
  aggregate,
  boolean,
  count,
  distribution,
  forbidden,
  hash,
  nested,
  plain,
  presenceMap,
  textCount,
} from './schema/fields.js';
export {
  type EventKind,
  ownMetadataOf,
  type PayloadHandler,
  type SchemaMetadata,
} from './schema/metadata.js';
export { eventNameOnWire, isEventName } from './schema/names.js';
export { propertyNameOf, redactedNameOf } from './schema/property-names.js';
export type {
  AggregateOptions,
  Conversion,
  FieldOptions,
  FieldRule,
  HashOptions,
  TextCountOptions,
} from './schema/rule.js';
export { type Stewardship, type StewardshipOptions, toExpiryMs } from './schema/stewardship.js';
export {
  addRedactionRule,
  type Finding,
  findIdentifiableInfo,
  type IdentifiableKind,
  type RedactionRule,
  redactIdentifiableInfo,
  sanitizeEmail,
  sanitizePath,
  sanitizePhone,
} from './scrubber/index.js';
export { type CounterName, toCounterName } from './serialize/counter-name.js';
export { isIdentifyingKey } from './serialize/identifying-key.js';
export { type InvalidField, invalidFields } from './serialize/invalid-fields.js';
export { label } from './serialize/label.js';
export { modelOf, modelOfSchema, type SchemaModel } from './serialize/model.js';
export { isLabelLike } from './serialize/safe-text.js';
export { serializeForTelemetry } from './serialize/serialize.js';
